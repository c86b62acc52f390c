package io.plumbline.runs;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.plumbline.topics.record.RunStatus;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** What an app measures of its runs. The tag {@code dataset} is what a run is about: a dataset, or an exchange. */
public final class RunMetrics implements RunMeters {

    private final MeterRegistry meters;

    public RunMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void ended(String subject, String kind, RunStatus status, Duration duration, Map<String, Long> counters) {
        Timer.builder("plumbline.runs")
                .description("Runs that ended, and how long each took")
                .tag("dataset", subject)
                .tag("kind", kind)
                .tag("status", status.name().toLowerCase(Locale.ROOT))
                .register(meters)
                .record(duration);
        counters.forEach((counter, count) -> count(subject, kind, counter, count));
    }

    private void count(String subject, String kind, String counter, long count) {
        Counter.builder("plumbline.run.counts")
                .description("What the ledgers of ended runs counted")
                .tag("dataset", subject)
                .tag("kind", kind)
                .tag("counter", counter)
                .register(meters)
                .increment((double) count);
    }
}
