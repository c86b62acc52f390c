package io.plumbline.runs;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.plumbline.topics.config.JobConfig;
import io.plumbline.topics.record.RunStatus;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * What an app measures of its runs. The tag {@code dataset} is what a run is about: a dataset, or an exchange.
 *
 * <p>A timer comes into being with the first run that ends so. Those of runs that complete are there from the start, at
 * 0: of a dataset whose runs never end nothing would be seen otherwise, and nobody would be told.
 */
public final class RunMetrics implements RunMeters {

    private final MeterRegistry meters;

    public RunMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** The same, of whatever the coordinator of these jobs runs. */
    public RunMetrics expecting(Jobs jobs) {
        for (JobConfig job : jobs.configured().values()) {
            String subject = job.subject();
            JobKind kind = jobs.kind(job);
            if (subject != null && kind != null) {
                timer(subject, kind.name(), RunStatus.COMPLETED);
            }
        }
        return this;
    }

    @Override
    public void ended(String subject, String kind, RunStatus status, Duration duration, Map<String, Long> counters) {
        timer(subject, kind, status).record(duration);
        counters.forEach((counter, count) -> count(subject, kind, counter, count));
    }

    private Timer timer(String subject, String kind, RunStatus status) {
        return Timer.builder("plumbline.runs")
                .description("Runs that ended, and how long each took")
                .tag("dataset", subject)
                .tag("kind", kind)
                .tag("status", status.name().toLowerCase(Locale.ROOT))
                .register(meters);
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
