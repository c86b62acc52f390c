package io.plumbline.stores.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.plumbline.stores.CandleCache;
import io.plumbline.stores.CandleCache.SeriesCandles;
import io.plumbline.stores.CandleCache.SeriesWindow;
import io.plumbline.stores.CandleCache.WriteResult;
import io.plumbline.stores.StoreRefusedException;
import io.plumbline.stores.StoreUnavailableException;
import io.plumbline.stores.TestRedis;
import io.plumbline.topics.config.RedisConfig;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.Candle.Origin;
import io.plumbline.topics.record.SeriesKey;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandArguments;

class RedisFaultsTest {

    private static final SeriesKey BTC = new SeriesKey("coinbase", "BTC/EUR", "1m");
    private static final SeriesWindow ALL = new SeriesWindow(BTC, 0, Long.MAX_VALUE / 2);

    @Test
    void shouldBeUnavailableWhileRedisIsAwayAndHealWhenItIsBackEmpty() {
        try (TestRedis redis = TestRedis.start();
                CandleCache cache = open(redis.config())) {
            assertThat(cache.write(candles(0, 100)).getFirst()).containsOnly(WriteResult.FILLED);

            redis.kill();
            assertAway(cache);
            redis.restart();

            assertThat(cache.counts(List.of(ALL))).containsExactly(0L);
            assertThat(cache.oldest(List.of(BTC))).containsExactly(OptionalLong.empty());
            assertThat(cache.write(candles(0, 100)).getFirst()).containsOnly(WriteResult.FILLED);
        }
    }

    @Test
    void shouldBeMadeWhileRedisIsAway() {
        try (TestRedis redis = TestRedis.start()) {
            redis.kill();
            try (CandleCache cache = open(redis.config())) {
                assertAway(cache);
                redis.restart();

                assertThat(cache.counts(List.of(ALL))).containsExactly(0L);
            }
        }
    }

    @Test
    void shouldBeUnavailableWhenAClusterIsAwayOrIsNone() {
        try (TestRedis redis = TestRedis.start();
                CandleCache cache = open(clustered(redis.config()))) {
            assertThatThrownBy(() -> cache.counts(List.of(ALL))).isInstanceOf(StoreUnavailableException.class);

            redis.kill();

            assertAway(cache);
        }
    }

    @Test
    void shouldWriteNothingOfASeriesWhenMemoryIsFullAndGoOnWhenThereIsSome() {
        try (TestRedis redis = TestRedis.start();
                CandleCache cache = open(redis.config())) {
            cache.write(candles(0, 10));
            redis.client().configSet("maxmemory", "1");

            assertThatThrownBy(() -> cache.write(candles(5, 50)))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("OOM");
            assertThat(cache.counts(List.of(ALL))).containsExactly(10L);

            redis.client().configSet("maxmemory", "0");
            assertThat(cache.write(candles(5, 50)).getFirst().subList(5, 45)).containsOnly(WriteResult.FILLED);
        }
    }

    @Test
    void shouldReadFromAReplicaAndBeUnavailableForWritingUntilItIsPromoted() {
        try (TestRedis primary = TestRedis.start();
                TestRedis replica = TestRedis.start();
                CandleCache toPrimary = open(primary.config());
                CandleCache toReplica = open(replica.config())) {
            toPrimary.write(candles(0, 10));
            replica.client().executeCommand(command("REPLICAOF", "127.0.0.1", Integer.toString(primary.port())));
            await().atMost(Duration.ofSeconds(30))
                    .ignoreException(StoreUnavailableException.class)
                    .untilAsserted(
                            () -> assertThat(toReplica.counts(List.of(ALL))).containsExactly(10L));

            assertThatThrownBy(() -> toReplica.write(candles(5, 20)))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("READONLY");

            replica.client().executeCommand(command("REPLICAOF", "NO", "ONE"));
            assertThat(toReplica.write(candles(5, 20)).getFirst().subList(5, 15))
                    .containsOnly(WriteResult.FILLED);
        }
    }

    @Test
    void shouldBeRefusedWhenThePasswordIsWrong() {
        try (TestRedis redis = TestRedis.start("requirepass right");
                CandleCache none = open(redis.config());
                CandleCache wrong = open(secured(redis.config(), "wrong"));
                CandleCache right = open(secured(redis.config(), "right"))) {
            assertThatThrownBy(() -> none.counts(List.of(ALL))).isInstanceOf(StoreRefusedException.class);
            assertThatThrownBy(() -> wrong.counts(List.of(ALL))).isInstanceOf(StoreRefusedException.class);
            assertThat(right.counts(List.of(ALL))).containsExactly(0L);
        }
    }

    @Test
    void shouldNeedNoMoreThanTheRightsThatTheDocumentationNames() {
        String rights =
                "+zcount +zrange +zrangebyscore +zcard +zadd +zrem +zremrangebyrank +pttl +pexpire +eval +evalsha"
                        + " +ping +client";
        try (TestRedis redis = TestRedis.start("user ann on >right ~candles:* " + rights);
                CandleCache cache = open(with(redis.config(2, Duration.ofHours(1)), false, "ann", "right"));
                CandleCache wrong = open(with(redis.config(), false, "ann", "wrong"))) {
            assertThat(cache.write(candles(0, 2)).getFirst()).containsOnly(WriteResult.FILLED);
            assertThat(cache.write(candles(2, 3)).getFirst()).containsOnly(WriteResult.FILLED);
            assertThat(cache.counts(List.of(ALL))).containsExactly(2L);
            assertThat(cache.candles(List.of(ALL)).getFirst()).hasSize(2);
            assertThat(cache.oldest(List.of(BTC))).containsExactly(OptionalLong.of(60_000));
            assertThatThrownBy(() -> wrong.counts(List.of(ALL))).isInstanceOf(StoreRefusedException.class);
        }
    }

    private static CommandArguments command(String name, String... arguments) {
        CommandArguments command = new CommandArguments(() -> name.getBytes(StandardCharsets.UTF_8));
        for (String argument : arguments) {
            command.add(argument);
        }
        return command;
    }

    private static void assertAway(CandleCache cache) {
        assertThatThrownBy(() -> cache.counts(List.of(ALL))).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> cache.candles(List.of(ALL))).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> cache.write(candles(0, 1))).isInstanceOf(StoreUnavailableException.class);
    }

    private static CandleCache open(RedisConfig config) {
        return new RedisCandleCache(config, Map.of());
    }

    private static List<SeriesCandles> candles(long from, long to) {
        return List.of(new SeriesCandles(
                BTC,
                LongStream.range(from, to)
                        .mapToObj(slot -> new Candle(
                                slot * 60_000,
                                BigDecimal.ONE,
                                BigDecimal.TEN,
                                BigDecimal.ONE,
                                BigDecimal.TWO,
                                BigDecimal.TEN,
                                1,
                                Origin.LIVE,
                                true))
                        .toList()));
    }

    private static RedisConfig clustered(RedisConfig config) {
        return with(config, true, null, null);
    }

    private static RedisConfig secured(RedisConfig config, String password) {
        return with(config, false, null, password);
    }

    private static RedisConfig with(
            RedisConfig config, boolean cluster, @Nullable String user, @Nullable String password) {
        return new RedisConfig(
                config.nodes(),
                cluster,
                0,
                user,
                password,
                false,
                null,
                null,
                null,
                null,
                config.timeout(),
                config.poolSize(),
                config.keyFormat(),
                config.userId(),
                config.fields(),
                config.newest(),
                config.expiry());
    }
}
