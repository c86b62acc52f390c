package io.plumbline.reconciler;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.plumbline.reconciler.run.RunMeters;
import io.plumbline.reconciler.work.WorkMeters;
import io.plumbline.topics.record.CheckAnswer;
import io.plumbline.topics.record.Look;
import io.plumbline.topics.record.RunStatus;
import io.plumbline.topics.record.WorkAnswer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** What the reconciler measures of its runs and its workers. */
final class ReconcilerMetrics implements RunMeters, WorkMeters {

    private final MeterRegistry meters;

    ReconcilerMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void ended(String dataset, String kind, RunStatus status, Duration duration, Map<String, Long> counters) {
        Timer.builder("plumbline.runs")
                .description("Runs that ended, and how long each took")
                .tag("dataset", dataset)
                .tag("kind", kind)
                .tag("status", status.name().toLowerCase(Locale.ROOT))
                .register(meters)
                .record(duration);
        counters.forEach((counter, count) -> count(dataset, kind, counter, count));
    }

    private void count(String dataset, String kind, String counter, long count) {
        Counter.builder("plumbline.run.counts")
                .description("What the ledgers of ended runs counted")
                .tag("dataset", dataset)
                .tag("kind", kind)
                .tag("counter", counter)
                .register(meters)
                .increment((double) count);
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
