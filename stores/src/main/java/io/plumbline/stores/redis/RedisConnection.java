package io.plumbline.stores.redis;

import io.plumbline.topics.config.RedisConfig;
import java.io.File;
import java.time.Duration;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.UnifiedJedis;

/**
 * The client of one server or of a cluster. It is made when it is first asked for, since a cluster's client cannot be
 * made while the cluster is away. Connections are tried before they are used: after a restart of Redis none is stale.
 */
public final class RedisConnection implements AutoCloseable {

    private final RedisConfig config;
    private @Nullable UnifiedJedis client;

    public RedisConnection(RedisConfig config) {
        this.config = config;
    }

    /** Throws what the client throws where a cluster is away. */
    synchronized UnifiedJedis client() {
        if (client == null) {
            client = config.cluster() ? cluster() : server();
        }
        return client;
    }

    /** The ACL user that it is connected as; {@code null} for the default one. */
    @Nullable
    String user() {
        return config.user();
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
            client = null;
        }
    }

    private UnifiedJedis server() {
        return RedisClient.builder()
                .hostAndPort(HostAndPort.from(config.nodes().getFirst()))
                .clientConfig(settings())
                .poolConfig(pool())
                .build();
    }

    private UnifiedJedis cluster() {
        return RedisClusterClient.builder()
                .nodes(config.nodes().stream().map(HostAndPort::from).collect(Collectors.toSet()))
                .clientConfig(settings())
                .maxTotalRetriesDuration(config.timeout())
                .topologyRefreshPeriod(Duration.ofSeconds(30))
                .poolConfig(pool())
                .build();
    }

    private ConnectionPoolConfig pool() {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(config.poolSize());
        pool.setMaxIdle(config.poolSize());
        pool.setMaxWait(config.timeout());
        pool.setTestOnBorrow(true);
        return pool;
    }

    private JedisClientConfig settings() {
        DefaultJedisClientConfig.Builder settings = DefaultJedisClientConfig.builder()
                .resp2()
                .clientName("plumbline")
                .timeoutMillis(Math.toIntExact(config.timeout().toMillis()))
                .database(config.database());
        if (config.user() != null) {
            settings.user(config.user());
        }
        if (config.password() != null) {
            settings.password(config.password());
        }
        if (config.tls()) {
            settings.sslOptions(tls());
        }
        return settings.build();
    }

    private SslOptions tls() {
        SslOptions.Builder tls = SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL);
        if (config.truststore() != null) {
            tls.truststore(new File(config.truststore()), characters(config.truststorePassword()));
        }
        if (config.keystore() != null) {
            tls.keystore(new File(config.keystore()), characters(config.keystorePassword()));
        }
        return tls.build();
    }

    private static char[] characters(@Nullable String password) {
        return password == null ? new char[0] : password.toCharArray();
    }
}
