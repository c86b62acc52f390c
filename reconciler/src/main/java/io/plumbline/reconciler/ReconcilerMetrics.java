package io.plumbline.reconciler;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.reconciler.work.WorkMeters;
import io.plumbline.topics.record.CheckAnswer;
import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.Look;
import io.plumbline.topics.record.WorkAnswer;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;

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
        Counter.builder("plumbline.work.suspects")
                .description("Suspects that comparisons found, to be looked at again")
                .baseUnit("entities")
                .tag("dataset", dataset)
                .register(meters)
                .increment((double) answer.suspects().size());
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

    /** Measures how many drifts of each dataset are open, and since when. */
    void watch(OpenDrifts drifts, Set<String> datasets, Clock clock) {
        for (String dataset : datasets) {
            for (String state : OpenDrifts.STATES) {
                for (DriftClass kind : DriftClass.values()) {
                    Gauge.builder("plumbline.drifts.open", drifts, open -> open.count(dataset, state, kind))
                            .description("Drifts that are open, by what is being done about them and by kind;"
                                    + " every replica counts all")
                            .tag("dataset", dataset)
                            .tag("state", state)
                            .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                            .register(meters);
                }
                Gauge.builder(
                                "plumbline.drifts.oldest.age",
                                drifts,
                                open -> open.oldestAge(dataset, state, clock.instant())
                                                .toMillis()
                                        / 1_000.0)
                        .description("Since when the oldest of them has been seen; 0 where there is none")
                        .baseUnit("seconds")
                        .tag("dataset", dataset)
                        .tag("state", state)
                        .register(meters);
            }
        }
    }
}
