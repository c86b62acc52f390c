package io.plumbline.stores;

import io.plumbline.topics.config.RedisConfig;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.embedded.RedisServer;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.core.RedisServerBuilder;

/** A real Redis server on the loopback address that keeps nothing on disk, and can be killed and started again. */
public final class TestRedis implements AutoCloseable {

    public static final RedisConfig.Fields FIELDS = new RedisConfig.Fields(
            "openTime", "open", "high", "low", "close", "volume", "sequence", "origin", "closed");

    private static final class Executable {
        static final File FILE = unpack();

        private static File unpack() {
            try {
                File directory = Files.createTempDirectory("plumbline-redis-").toFile();
                directory.deleteOnExit();
                File file = ExecutableProvider.newJarResourceProvider(directory).get();
                file.deleteOnExit();
                return file;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final int port;
    private final List<String> settings;
    private final RedisClient client;
    private @Nullable RedisServer server;

    private TestRedis(int port, List<String> settings) {
        this.port = port;
        this.settings = settings;
        this.client = RedisClient.builder()
                .hostAndPort("127.0.0.1", port)
                .clientConfig(DefaultJedisClientConfig.builder().resp2().build())
                .build();
    }

    /** @param settings lines as in {@code redis.conf} */
    public static TestRedis start(String... settings) {
        TestRedis redis = new TestRedis(freePort(), List.of(settings));
        redis.restart();
        return redis;
    }

    /** Starts it again, empty. */
    public void restart() {
        RedisServerBuilder builder = RedisServer.newRedisServer()
                // What a replica keeps on disk is not for the next.
                .setting("dir " + newDirectory())
                .executableProvider(() -> Executable.FILE)
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .setting("repl-diskless-sync-delay 0")
                .onShutdownForceStop(true);
        settings.forEach(builder::setting);
        try {
            RedisServer starting = builder.build();
            starting.start();
            server = starting;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL. */
    public void kill() {
        if (server != null) {
            try {
                server.stop();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server = null;
        }
    }

    public int port() {
        return port;
    }

    /** A client of the test's own, as an application has one. */
    public RedisClient client() {
        return client;
    }

    /** The defaults of the configuration. */
    public RedisConfig config() {
        return config(1_000, Duration.ofHours(24));
    }

    public RedisConfig config(@Nullable Integer newest, @Nullable Duration expiry) {
        return new RedisConfig(
                List.of("127.0.0.1:" + port),
                false,
                0,
                null,
                null,
                false,
                null,
                null,
                null,
                null,
                Duration.ofSeconds(2),
                4,
                "candles:<userId>:<exchangeId>:<symbol>:<timeframe>",
                "default",
                FIELDS,
                newest,
                expiry);
    }

    @Override
    public void close() {
        client.close();
        kill();
    }

    private static File newDirectory() {
        try {
            File directory = Files.createTempDirectory("plumbline-redis-data-").toFile();
            directory.deleteOnExit();
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
