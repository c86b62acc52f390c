package io.plumbline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;

class EmbeddedRedisTest {

    @Test
    void shouldStartEmptyOnTheSamePortWhenItWasStoppedOrKilled() {
        try (EmbeddedRedis redis = EmbeddedRedis.start()) {
            int port = redis.port();
            set(redis, "a", "1");
            redis.kill();
            assertThatThrownBy(() -> get(redis, "a")).isInstanceOf(JedisConnectionException.class);

            redis.restart();
            assertThat(redis.port()).isEqualTo(port);
            assertThat(get(redis, "a")).isNull();

            set(redis, "a", "2");
            redis.stop();
            redis.restart();
            redis.restart();
            assertThat(get(redis, "a")).isNull();
        }
    }

    @Test
    void shouldKeepWhatItHoldsWhenItHasADirectory(@TempDir Path data) {
        int port;
        try (EmbeddedRedis redis = EmbeddedRedis.start(data, 0)) {
            port = redis.port();
            set(redis, "a", "1");
            redis.stop();
            redis.restart();
            assertThat(get(redis, "a")).isEqualTo("1");
        }

        try (EmbeddedRedis redis = EmbeddedRedis.start(data, port)) {
            assertThat(redis.node()).isEqualTo("127.0.0.1:" + port);
            assertThat(get(redis, "a")).isEqualTo("1");
        }
    }

    @Test
    void shouldSayWhyWhenItCannotStart(@TempDir Path data) {
        assertThatThrownBy(() -> EmbeddedRedis.start(data, 0, "--no-such-option", "1"))
                .isInstanceOf(UncheckedIOException.class)
                .hasStackTraceContaining("no-such-option");
    }

    private static void set(EmbeddedRedis redis, String key, String value) {
        try (RedisClient client =
                RedisClient.builder().hostAndPort("127.0.0.1", redis.port()).build()) {
            client.set(key, value);
        }
    }

    private static @Nullable String get(EmbeddedRedis redis, String key) {
        try (RedisClient client =
                RedisClient.builder().hostAndPort("127.0.0.1", redis.port()).build()) {
            return client.get(key);
        }
    }
}
