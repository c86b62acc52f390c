package io.plumbline.bench;

import io.plumbline.local.EmbeddedRedis;
import io.plumbline.local.exchange.SimulatedExchange;
import io.plumbline.local.exchange.SimulatedMarket;
import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.PlumblineConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** All embedded parts with a simulated exchange, and the configuration of a system in which every app has work. */
record SoakParts(BenchParts parts, EmbeddedRedis redis, SimulatedMarket market, SimulatedExchange exchange)
        implements AutoCloseable {

    private static final int REQUESTS_PER_SECOND = 20;
    private static final String PREFIX = "soak.";

    static SoakParts start(Clock clock) {
        SimulatedMarket market = new SimulatedMarket();
        return new SoakParts(
                BenchParts.start(),
                BenchParts.startRedis(),
                market,
                SimulatedExchange.start(market, clock, 0, REQUESTS_PER_SECOND + 1));
    }

    /** Writes the configuration file: drifts are repaired, what is scheduled comes every minute or every five. */
    Path configure() {
        return parts.config(
                PREFIX,
                """
                redis: { nodes: ["%s"] }
                exchanges:
                  simulated:
                    adapter: coinbase
                    base-url: "%s"
                    timeframes: [1m]
                    requests-per-second: %d
                candles: { lateness: 2m, hold: 5m }
                """.formatted(redis.node(), exchange.baseUrl(), REQUESTS_PER_SECOND)
                        + Customers.config(
                                "{}",
                                ChangingApplication.options("auto", "plumbline_soak"),
                                "{ cron: '* * * * *' }",
                                "{ cron: '*/5 * * * *' }"));
    }

    static PlumblineConfig load(Path file) {
        return ConfigFile.load(file, Map.of());
    }

    static Topics topics(PlumblineConfig config) {
        return new Topics(config.kafka().topicPrefix(), config.kafka().partitions());
    }

    @Override
    public void close() {
        exchange.close();
        redis.close();
        parts.close();
    }
}
