package io.plumbline.reconciler.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.plumbline.runs.RunMetrics;
import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.topics.record.RunStatus;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpectedRunsTest {

    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final RunMetrics metrics = new RunMetrics(meters)
            .expecting(new DocumentJobs(
                    ConfigFile.parse(RunsUnderTest.CONFIG.formatted("unused", "auto", "delete"), Map.of())));

    @Test
    void shouldMeasureEveryDatasetAtZeroWhenNoRunHasEnded() {
        assertThat(meters.scrape().lines().filter(line -> line.startsWith("plumbline_runs_seconds_count")))
                .contains(
                        "plumbline_runs_seconds_count{dataset=\"mails\",kind=\"documents\",status=\"completed\"} 0",
                        "plumbline_runs_seconds_count{dataset=\"mails\",kind=\"outbox-retry\",status=\"completed\"} 0",
                        "plumbline_runs_seconds_count{dataset=\"invoices\",kind=\"documents\",status=\"completed\"} 0")
                .noneMatch(line -> line.contains("coinbase"));
    }

    @Test
    void shouldCountTheFirstRunWhereTheZeroStoodWhenItCompletes() {
        metrics.ended("mails", "documents", RunStatus.COMPLETED, Duration.ofSeconds(3), Map.of());

        assertThat(meters.scrape())
                .contains("plumbline_runs_seconds_count{dataset=\"mails\",kind=\"documents\",status=\"completed\"} 1");
    }
}
