package io.plumbline.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.topics.config.PlumblineConfig;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CandleConfigTest {

    @Test
    void shouldReadTheLatenessOfATimeframeWhenItHasItsOwn() {
        PlumblineConfig config =
                ConfigFile.parse(ConfigFileTest.MINIMAL + "candles: {lateness-by-timeframe: {1d: 5m}}\n", Map.of());

        assertThat(config.candles().latenessOf("1d")).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.candles().latenessOf("1h")).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void shouldSayWhatIsRightWhenCandlesCannotBeJudgedSo() {
        String yaml = ConfigFileTest.MINIMAL
                + "candles: {retention: 1h, lateness: 2h, lateness-by-timeframe: {5m: 3h, 1 minute: 5s}}\n";

        ConfigException failure = catchThrowableOfType(ConfigException.class, () -> ConfigFile.parse(yaml, Map.of()));

        assertThat(failure.errors())
                .hasSize(3)
                .anySatisfy(e -> assertThat(e)
                        .startsWith("candles.lateness: is longer than candles.retention (1h); right is at most that"))
                .anySatisfy(e -> assertThat(e).startsWith("candles.lateness-by-timeframe.5m: is longer than"))
                .anySatisfy(e -> assertThat(e).contains("candles.lateness-by-timeframe", "1 minute", "such as 5m"));
    }

    @Test
    void shouldFillTheDefaultsOfTheCacheAndTheExchangesWhenTheyAreGiven() {
        PlumblineConfig config = ConfigFile.parse(ConfigFileTest.CANDLES, Map.of());

        assertThat(config.redis()).isNotNull().satisfies(redis -> {
            assertThat(redis.keyFormat()).isEqualTo("candles:<userId>:<exchangeId>:<symbol>:<timeframe>");
            assertThat(redis.newest()).isEqualTo(1_000);
            assertThat(redis.expiry()).isEqualTo(Duration.ofHours(24));
            assertThat(redis.timeout()).isEqualTo(Duration.ofSeconds(2));
            assertThat(redis.fields().openTime()).isEqualTo("t");
            assertThat(redis.fields().close()).isEqualTo("close");
        });
        assertThat(config.exchanges()).containsOnlyKeys("coinbase");
        assertThat(config.exchanges().get("coinbase")).isNotNull().satisfies(exchange -> {
            assertThat(exchange.requestsPerSecond()).isEqualTo(5);
            assertThat(exchange.exchangeId()).isEqualTo("coinbase");
            assertThat(exchange.products()).containsExactly(Map.entry("BTC/EUR", "BTC-EUR"));
            assertThat(exchange.timeframes()).containsExactly("1m", "1w");
        });
        assertThat(ConfigFile.parse(ConfigFileTest.MINIMAL, Map.of()).redis()).isNull();
        assertThat(ConfigFile.parse(ConfigFileTest.MINIMAL, Map.of()).exchanges())
                .isEmpty();
    }

    @Test
    void shouldTellAllErrorsOfTheCacheAndTheExchangesAtOnce() {
        String yaml = ConfigFileTest.MINIMAL + """
                redis:
                  nodes: ["localhost:6379", "other:99999", nowhere]
                  user: ann
                  truststore: /etc/trust.p12
                  keystore-password: k
                  key-format: "c:<symbol>:<interval>"
                  fields: {open: o, close: o}
                  expiry: 0s
                exchanges:
                  a: {adapter: coinbase, base-url: "ftp://x", timeframes: [1m, 90s, 0h], requests-per-second: 0}
                  b: {adapter: coinbase, base-url: "https://x/?q=1", exchange-id: c}
                  c: {base-url: "https://x", timeout: 0s}
                """;

        ConfigException failure = catchThrowableOfType(ConfigException.class, () -> ConfigFile.parse(yaml, Map.of()));

        assertThat(failure.errors())
                .anySatisfy(e -> assertThat(e).startsWith("redis.nodes: names 3 nodes without cluster: true"))
                .anySatisfy(e -> assertThat(e).startsWith("redis.nodes[1]: 'other:99999' has no port"))
                .anySatisfy(
                        e -> assertThat(e).startsWith("redis.nodes[2]: \"nowhere\" is not right; right is host:port"))
                .anySatisfy(e -> assertThat(e).startsWith("redis.password: is missing"))
                .anySatisfy(e -> assertThat(e).startsWith("redis.truststore: means nothing without tls: true"))
                .anySatisfy(e -> assertThat(e).startsWith("redis.keystore-password: means nothing without keystore"))
                .anySatisfy(e -> assertThat(e).startsWith("redis.key-format: <interval> is no part of a series"))
                .anySatisfy(e -> assertThat(e).startsWith("redis.key-format: lacks <exchangeId>"))
                .anySatisfy(e -> assertThat(e).startsWith("redis.fields.close: 'o' is also redis.fields.open"))
                .anySatisfy(e -> assertThat(e).startsWith("redis.expiry: is zero"))
                .anySatisfy(e -> assertThat(e).startsWith("exchanges.a.base-url: \"ftp://x\" is not right"))
                .anySatisfy(e -> assertThat(e).startsWith("exchanges.a.timeframes[1]: \"90s\" is not right"))
                .anySatisfy(e -> assertThat(e).startsWith("exchanges.a.timeframes[2]: \"0h\" is not right"))
                .anySatisfy(e -> assertThat(e).startsWith("exchanges.a.requests-per-second: 0 is not right"))
                .anySatisfy(e -> assertThat(e).startsWith("exchanges.b.base-url: 'https://x/?q=1' is no base address"))
                .anySatisfy(e -> assertThat(e).startsWith("exchanges.c.adapter: is missing"))
                .anySatisfy(e -> assertThat(e).startsWith("exchanges.c.timeout: is zero"))
                .anySatisfy(
                        e -> assertThat(e).startsWith("exchanges.c.exchange-id: and user-id are those of exchanges.b"));
    }

    @Test
    void shouldNeedACacheWhenThereIsAnExchange() {
        String yaml = ConfigFileTest.MINIMAL + "exchanges: {a: {adapter: coinbase, base-url: \"https://x\"}}\n";

        ConfigException failure = catchThrowableOfType(ConfigException.class, () -> ConfigFile.parse(yaml, Map.of()));

        assertThat(failure.errors()).singleElement().asString().startsWith("redis: is missing");
    }
}
