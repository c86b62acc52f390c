package io.plumbline.reconciler;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.plumbline.reconciler.run.RunMeters;
import io.plumbline.topics.record.RunStatus;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** What the reconciler measures of its runs. */
final class ReconcilerMetrics implements RunMeters {

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
}
