package io.plumbline.detector.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.plumbline.runs.RunMetrics;
import io.plumbline.runtime.config.ConfigFile;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpectedRunsTest {

    @Test
    void shouldMeasureEveryExchangeAndNoDatasetAtZeroWhenNoRunHasEnded() {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

        new RunMetrics(meters)
                .expecting(new CandleJobs(ConfigFile.parse(CandleRunsUnderTest.CONFIG.formatted("unused"), Map.of())));

        assertThat(meters.scrape().lines().filter(line -> line.startsWith("plumbline_runs_seconds_count")))
                .containsExactly(
                        "plumbline_runs_seconds_count{dataset=\"coinbase\",kind=\"candles\",status=\"completed\"} 0");
    }
}
