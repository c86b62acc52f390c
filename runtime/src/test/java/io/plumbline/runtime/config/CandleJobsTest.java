package io.plumbline.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.topics.config.JobConfig;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.config.ScheduleConfig;
import io.plumbline.topics.record.Schedule.CatchUp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CandleJobsTest {

    private static final String ONLY_CANDLES = """
            kafka: {bootstrap-servers: "localhost:9092"}
            redis: {nodes: ["localhost:6379"]}
            exchanges: {coinbase: {adapter: coinbase, base-url: "https://unused"}}
            """;

    @Test
    void shouldBringScansAndTheirSchedulesWhenAnExchangeIsDeclared() {
        PlumblineConfig config = ConfigFile.parse(ConfigFileTest.CANDLES, Map.of());

        assertThat(config.jobs())
                .containsEntry("coinbase-candles", scan("coinbase", Duration.ofMinutes(30), false))
                .containsEntry("coinbase-candles-hourly", scan("coinbase", Duration.ofHours(6), true));
        assertThat(config.schedules())
                .containsEntry("coinbase-candles", schedule("*/5 * * * *", "coinbase-candles"))
                .containsEntry("coinbase-candles-hourly", schedule("0 * * * *", "coinbase-candles-hourly"));
    }

    @Test
    void shouldKeepWhatIsDeclaredWhenADerivedScanIsNamed() {
        String yaml = ConfigFileTest.CANDLES + """
                jobs:
                  coinbase-candles: {window: 1h}
                  nightly: {kind: candles, exchange: coinbase, window: 7d, thorough: true}
                  both: {kind: sequence, steps: [coinbase-candles, nightly]}
                schedules:
                  coinbase-candles: {enabled: false}
                """;

        PlumblineConfig config = ConfigFile.parse(yaml, Map.of());

        assertThat(config.jobs())
                .containsEntry("coinbase-candles", scan("coinbase", Duration.ofHours(1), false))
                .containsEntry("nightly", scan("coinbase", Duration.ofDays(7), true));
        assertThat(config.schedules().get("coinbase-candles"))
                .isEqualTo(new ScheduleConfig("*/5 * * * *", "UTC", "coinbase-candles", CatchUp.LATEST, false));
    }

    @Test
    void shouldTellAllErrorsWhenCandleJobsCannotRun() {
        String yaml = ConfigFileTest.CANDLES + """
                jobs:
                  bare: {kind: candles}
                  odd: {kind: candles, exchange: kraken, window: 0s, full: true, dataset: clients, steps: [bare]}
                  mixed: {kind: sequence, steps: [clients, coinbase-candles], thorough: true}
                  clients-full: {exchange: coinbase}
                """;

        ConfigException failure = catchThrowableOfType(ConfigException.class, () -> ConfigFile.parse(yaml, Map.of()));

        assertThat(failure.errors())
                .contains(
                        "jobs.bare.exchange: is missing; right is one of coinbase",
                        "jobs.bare.window: is missing; right is a lookback such as 30m",
                        "jobs.odd.exchange: there is no exchange 'kraken'; right is one of coinbase",
                        "jobs.odd.full: means nothing for kind candles; remove it",
                        "jobs.odd.dataset: means nothing for kind candles; remove it",
                        "jobs.odd.steps: means nothing for kind candles; right is kind sequence",
                        "jobs.mixed.thorough: means nothing for a sequence; remove it",
                        "jobs.clients-full.exchange: means nothing for kind documents; remove it")
                .anySatisfy(error -> assertThat(error).startsWith("jobs.odd.window: is zero"))
                .anySatisfy(error -> assertThat(error).startsWith("jobs.mixed.steps: mixes jobs of kind candles"));
    }

    @Test
    void shouldRefuseWhenAnExchangeWouldShareANameOrAJobWithADataset() {
        String yaml = ConfigFileTest.CANDLES.replace("  clients:\n", "  coinbase-candles:\n")
                + "  coinbase-candles: {adapter: coinbase, base-url: \"https://x\"}\n";

        ConfigException failure = catchThrowableOfType(ConfigException.class, () -> ConfigFile.parse(yaml, Map.of()));

        assertThat(failure.errors())
                .contains(
                        "exchanges.coinbase-candles: is also the name of a dataset; right is another name",
                        "exchanges.coinbase: its job coinbase-candles is also one of dataset coinbase-candles;"
                                + " right is another name");
    }

    @Test
    void shouldNeedNoSourceAndNoTargetWhenThereAreOnlyExchanges() {
        PlumblineConfig config = ConfigFile.parse(ONLY_CANDLES, Map.of());

        assertThat(config.datasets()).isEmpty();
        assertThat(config.jobs()).containsOnlyKeys("coinbase-candles", "coinbase-candles-hourly");
        assertThatThrownBy(config::postgres).hasMessageContaining("postgres is not configured");
        assertThatThrownBy(config::mongo).hasMessageContaining("mongo is not configured");
        assertThat(ConfigFile.parse(EffectiveConfig.text(config), Map.of())).isEqualTo(config);
    }

    @Test
    void shouldNeedBothStoresWhenThereIsADataset() {
        String yaml = ConfigFileTest.MINIMAL
                .lines()
                .filter(line -> !line.startsWith("postgres") && !line.startsWith("mongo"))
                .reduce("", (a, b) -> a + b + "\n");

        ConfigException failure = catchThrowableOfType(ConfigException.class, () -> ConfigFile.parse(yaml, Map.of()));

        assertThat(failure.errors())
                .anySatisfy(error -> assertThat(error).startsWith("postgres: is missing"))
                .anySatisfy(error -> assertThat(error).startsWith("mongo: is missing"));
    }

    @Test
    void shouldRefuseWhenThereIsNothingToDo() {
        String yaml = ONLY_CANDLES.lines().limit(1).reduce("", String::concat);

        ConfigException failure = catchThrowableOfType(ConfigException.class, () -> ConfigFile.parse(yaml, Map.of()));

        assertThat(failure.errors()).singleElement().asString().startsWith("datasets: is empty, and so is exchanges");
    }

    private static JobConfig scan(String exchange, Duration window, boolean thorough) {
        return new JobConfig(JobConfig.Kind.CANDLES, null, false, window, List.of(), exchange, thorough);
    }

    private static ScheduleConfig schedule(String cron, String job) {
        return new ScheduleConfig(cron, "UTC", job, CatchUp.LATEST, true);
    }
}
