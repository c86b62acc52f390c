package io.plumbline.topics.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The candle cache: where it is, how its keys and members are spelt, and what it forgets by its own rules.
 *
 * @param nodes {@code host:port}; one server, or some nodes of a cluster
 * @param timeout how long a connection or an answer is waited for
 * @param keyFormat a series' key, with {@code <userId>}, {@code <exchangeId>}, {@code <symbol>} and {@code <timeframe>}
 * @param userId whose cache it is, for exchanges that say nothing else
 * @param newest the candles that a series is trimmed to; {@code null} where it is not
 * @param expiry after which a series that nobody writes goes away; {@code null} where it does not
 */
public record RedisConfig(
        List<String> nodes,
        boolean cluster,
        int database,
        @Nullable String user,
        @Nullable String password,
        boolean tls,
        @Nullable String truststore,
        @Nullable String truststorePassword,
        @Nullable String keystore,
        @Nullable String keystorePassword,
        Duration timeout,
        int poolSize,
        String keyFormat,
        String userId,
        Fields fields,
        @Nullable Integer newest,
        @Nullable Duration expiry) {

    @Override
    public String toString() {
        return "RedisConfig[nodes=" + nodes + ", cluster=" + cluster + ", user=" + user + ", password=***, tls=" + tls
                + ", keyFormat=" + keyFormat + "]";
    }

    /** The names of a member's JSON fields. */
    public record Fields(
            String openTime,
            String open,
            String high,
            String low,
            String close,
            String volume,
            String sequence,
            String origin,
            String closed) {}
}
