package io.plumbline.local;

import io.plumbline.local.exchange.SimulatedExchange;
import io.plumbline.topics.config.ExchangeConfig;
import io.plumbline.topics.config.KafkaConfig;
import io.plumbline.topics.config.MongoConfig;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.config.PostgresConfig;
import io.plumbline.topics.config.RedisConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Turns a configuration's addresses to the parts of a local system, and leaves everything else as it was declared.
 *
 * @param parts {@code null} where the servers are somebody else's, and their addresses as declared
 * @param exchange takes the place of the exchange {@link LocalSystem#SIMULATED}; {@code null} where it has none to take
 * @param streams where stream applications keep their state
 */
record LocalAddresses(@Nullable LocalParts parts, @Nullable SimulatedExchange exchange, Path streams) {

    PlumblineConfig in(PlumblineConfig declared) {
        return new PlumblineConfig(
                kafka(declared.kafka()),
                declared.hasPostgres() ? postgres(declared.postgres()) : null,
                declared.hasMongo() ? mongo(declared.mongo()) : null,
                redis(declared.redis()),
                exchanges(declared.exchanges()),
                declared.apps(),
                declared.datasets(),
                declared.jobs(),
                declared.schedules(),
                declared.candles(),
                declared.notifications());
    }

    private KafkaConfig kafka(KafkaConfig declared) {
        return new KafkaConfig(
                parts == null ? declared.bootstrapServers() : parts.kafka().bootstrapServers(),
                declared.topicPrefix(),
                declared.partitions(),
                parts == null ? declared.replicationFactor() : (short) 1,
                streams.toString(),
                // Those that are declared are about reaching another cluster than the parts' one.
                parts == null ? declared.properties() : Map.of());
    }

    private PostgresConfig postgres(PostgresConfig declared) {
        return parts == null
                ? declared
                : new PostgresConfig(
                        parts.postgres().jdbcUrl(),
                        parts.postgres().user(),
                        parts.postgres().password(),
                        declared.schema(),
                        declared.poolSize());
    }

    private MongoConfig mongo(MongoConfig declared) {
        return parts == null
                ? declared
                : new MongoConfig(parts.mongo().url(), declared.database(), null, null, null, null);
    }

    /** One server without users and keys; what its keys look like and what it forgets is as declared. */
    private @Nullable RedisConfig redis(@Nullable RedisConfig declared) {
        if (declared == null || parts == null) {
            return declared;
        }
        EmbeddedRedis redis = Objects.requireNonNull(parts.redis(), "a cache is configured, so it was started");
        return new RedisConfig(
                List.of(redis.node()),
                false,
                0,
                null,
                null,
                false,
                null,
                null,
                null,
                null,
                declared.timeout(),
                declared.poolSize(),
                declared.keyFormat(),
                declared.userId(),
                declared.fields(),
                declared.newest(),
                declared.expiry());
    }

    private Map<String, ExchangeConfig> exchanges(Map<String, ExchangeConfig> declared) {
        if (exchange == null) {
            return declared;
        }
        Map<String, ExchangeConfig> addressed = new LinkedHashMap<>(declared);
        addressed.computeIfPresent(
                LocalSystem.SIMULATED,
                (name, config) -> new ExchangeConfig(
                        config.adapter(),
                        exchange.baseUrl(),
                        config.exchangeId(),
                        config.userId(),
                        config.products(),
                        config.timeframes(),
                        config.requestsPerSecond(),
                        config.timeout()));
        return addressed;
    }
}
