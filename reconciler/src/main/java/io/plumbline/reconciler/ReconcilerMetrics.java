package io.plumbline.reconciler;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.reconciler.work.WorkMeters;
import io.plumbline.topics.record.CheckAnswer;
import io.plumbline.topics.record.Look;
import io.plumbline.topics.record.WorkAnswer;

/** What the reconciler measures of its workers; {@link io.plumbline.runs.RunMetrics} of its runs. */
final class ReconcilerMetrics implements WorkMeters {

    private final MeterRegistry meters;

    ReconcilerMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void worked(String dataset, WorkAnswer answer) {
        Counter.builder("plumbline.work")
                .description("Pieces of work answered")
                .baseUnit("commands")
                .tag("dataset", dataset)
                .tag("status", answer.status().name())
                .register(meters)
                .increment();
    }

    @Override
    public void checked(String dataset, CheckAnswer answer) {
        Counter.builder("plumbline.checks")
                .description("Looks at entities, by what they showed, and commands not executed, by why")
                .baseUnit("commands")
                .tag("dataset", dataset)
                .tag("result", result(answer))
                .register(meters)
                .increment();
    }

    private static String result(CheckAnswer answer) {
        Look look = answer.look();
        if (look == null) {
            return answer.status().name();
        }
        if (look.unreadable() != null) {
            return "UNREADABLE";
        }
        return look.drift() == null ? "EQUAL" : look.drift().name();
    }

    @Override
    public void resolved(String dataset, boolean found) {
        Counter.builder("plumbline.outbox.events")
                .description("Outbox events, by whether their entity was found")
                .baseUnit("events")
                .tag("dataset", dataset)
                .tag("found", Boolean.toString(found))
                .register(meters)
                .increment();
    }
}
