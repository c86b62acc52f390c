package io.plumbline.reconciler.work;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.topics.record.CheckAnswer;
import io.plumbline.topics.record.WorkAnswer;

/** What the reconciler's workers measure. A dataset is one of the configured, or {@code unknown}. */
final class ReconcilerMetrics {

    private final MeterRegistry meters;

    ReconcilerMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void worked(String dataset, WorkAnswer answer) {
        Counter.builder("plumbline.work")
                .description("Pieces of work answered")
                .baseUnit("commands")
                .tag("dataset", dataset)
                .tag("status", answer.status().name())
                .register(meters)
                .increment();
        answer.counters()
                .forEach((counter, count) -> Counter.builder("plumbline.entities")
                        .description("What scans and outbox work counted, by the ledger's names")
                        .baseUnit("entities")
                        .tag("dataset", dataset)
                        .tag("counter", counter)
                        .register(meters)
                        .increment(count));
    }

    void checked(String dataset, CheckAnswer answer) {
        String result = answer.look() == null
                ? answer.status().name()
                : answer.look().unreadable() != null
                        ? "UNREADABLE"
                        : answer.look().drift() == null
                                ? "EQUAL"
                                : answer.look().drift().name();
        Counter.builder("plumbline.checks")
                .description("Looks at entities, by what they showed, and commands not executed, by why")
                .baseUnit("commands")
                .tag("dataset", dataset)
                .tag("result", result)
                .register(meters)
                .increment();
    }

    void resolved(String dataset) {
        events(dataset, "resolved");
    }

    void unresolved(String dataset) {
        events(dataset, "unresolved");
    }

    private void events(String dataset, String result) {
        Counter.builder("plumbline.outbox.events")
                .description("Outbox events, by whether their entity was found")
                .baseUnit("events")
                .tag("dataset", dataset)
                .tag("result", result)
                .register(meters)
                .increment();
    }
}
