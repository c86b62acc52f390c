package io.plumbline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.local.exchange.SimulatedExchange;
import io.plumbline.local.exchange.SimulatedMarket;
import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.topics.config.ExchangeConfig;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.config.RedisConfig;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LocalSystemTest {

    private static final PlumblineConfig DECLARED = ConfigFile.parse("""
            kafka: { bootstrap-servers: "elsewhere:1" }
            postgres: { url: "jdbc:postgresql://elsewhere/none", user: a, password: a }
            mongo: { url: "mongodb://elsewhere", database: a }
            redis:
              { nodes: ["elsewhere:1", "elsewhere:2"], cluster: true, user: a, password: a, key-format: "c:<exchangeId>:<symbol>:<timeframe>", newest: 77 }
            exchanges:
              simulated: { adapter: coinbase, base-url: "http://elsewhere", timeframes: [1m], requests-per-second: 3 }
              other: { adapter: coinbase, base-url: "http://other", timeframes: [1m] }
            datasets: {}
            """, Map.of());

    @Test
    void shouldTurnAddressesToItsPartsAndKeepWhatElseIsDeclaredWhenACacheAndAMarketAreThere() {
        SimulatedMarket market = new SimulatedMarket().list("BTC-EUR");

        try (LocalSystem system = LocalSystem.start(DECLARED, null, LocalPorts.any(), market)) {
            EmbeddedRedis redis = Objects.requireNonNull(system.parts().redis());
            SimulatedExchange exchange = Objects.requireNonNull(system.exchange());
            RedisConfig addressed = Objects.requireNonNull(system.config().redis());
            assertThat(addressed.nodes()).containsExactly(redis.node());
            assertThat(addressed.cluster()).isFalse();
            assertThat(addressed.user()).isNull();
            assertThat(addressed.password()).isNull();
            assertThat(addressed.keyFormat()).isEqualTo("c:<exchangeId>:<symbol>:<timeframe>");
            assertThat(addressed.newest()).isEqualTo(77);
            Map<String, ExchangeConfig> exchanges = system.config().exchanges();
            assertThat(exchanges.keySet())
                    .containsExactlyElementsOf(DECLARED.exchanges().keySet());
            assertThat(exchanges.get("simulated")).satisfies(simulated -> {
                assertThat(simulated.baseUrl()).isEqualTo(exchange.baseUrl());
                assertThat(simulated.requestsPerSecond()).isEqualTo(3);
            });
            assertThat(exchanges.get("other")).isEqualTo(DECLARED.exchanges().get("other"));
        }
    }

    @Test
    void shouldStartEveryAppButNoDatabaseWhenNoneIsConfigured() throws Exception {
        PlumblineConfig candlesOnly = ConfigFile.parse("""
            kafka: { bootstrap-servers: "elsewhere:1", partitions: 2 }
            redis: { nodes: ["elsewhere:1"] }
            exchanges:
              simulated: { adapter: coinbase, base-url: "http://elsewhere", timeframes: [1m] }
            """, Map.of());

        try (LocalSystem system = LocalSystem.start(candlesOnly, null, LocalPorts.any(), new SimulatedMarket())) {
            system.startApps();

            assertThat(system.config().hasPostgres()).isFalse();
            assertThat(system.config().hasMongo()).isFalse();
            assertThatThrownBy(() -> system.parts().postgres())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("this system has no postgres");
        }
    }
}
