package io.plumbline.stores.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.stores.CandleCache;
import io.plumbline.stores.CandleCache.CachedCandle;
import io.plumbline.stores.CandleCache.WriteResult;
import io.plumbline.stores.CandleCacheContract;
import io.plumbline.stores.StoreRefusedException;
import io.plumbline.stores.TestRedis;
import io.plumbline.topics.config.ExchangeConfig;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.SeriesKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

class RedisCandleCacheTest extends CandleCacheContract {

    private static final String KEY = "candles:default:coinbase:BTC/EUR:1m";
    private static final Duration DAY = Duration.ofHours(24);

    private static @Nullable TestRedis redis;
    private @Nullable RedisCandleCache open;

    @BeforeAll
    static void start() {
        redis = TestRedis.start();
    }

    @AfterAll
    static void stop() {
        redis().close();
    }

    @AfterEach
    void empty() {
        if (open != null) {
            open.close();
        }
        client().flushAll();
    }

    @Override
    protected CandleCache cache(int newest) {
        return open(newest, DAY);
    }

    @Override
    protected void add(CandleCache cache, SeriesKey series, Candle candle) {
        String key = KEY.replace("BTC/EUR", series.symbol());
        client().zadd(key, (double) candle.openTime(), new CandleJson(TestRedis.FIELDS).write(candle));
    }

    @Test
    void shouldStoreAsTheApplicationDoes() {
        write(open(1_000, DAY), BTC, List.of(live(0, 5)));

        assertThat(client().zrangeWithScores(KEY, 0, -1)).singleElement().satisfies(member -> {
            assertThat(member.getScore()).isEqualTo((double) T0);
            assertThat(member.getElement())
                    .isEqualTo("{\"openTime\":1700000040000,\"open\":1.10,\"high\":2.000,\"low\":0.00000001,"
                            + "\"close\":1.5,\"volume\":12345678901234567890.123456789,\"sequence\":5,"
                            + "\"origin\":\"live\",\"closed\":true}");
        });
    }

    @Test
    void shouldReadWhatTheApplicationWroteInItsOwnWay() {
        RedisCandleCache cache = open(1_000, DAY);
        client().zadd(
                        KEY,
                        (double) time(0),
                        "{\"open\":\"1\",\"high\":2,\"low\":\"0.5\",\"close\":1e0,\"volume\":0,\"x\":[]}");
        client().zadd(KEY, (double) time(1), "{\"open\":true}");
        client().zadd(KEY, (double) time(2), "garbage");
        client().zadd(
                        KEY,
                        (double) time(3),
                        "{\"openTime\":7,\"open\":1,\"high\":1,\"low\":1,\"close\":1,\"volume\":1}");

        List<CachedCandle> cached = cache.candles(List.of(window(BTC, 0, 9))).getFirst();

        assertThat(cached.get(0).candle()).isNotNull().satisfies(candle -> {
            assertThat(candle.open()).isEqualByComparingTo("1");
            assertThat(candle.sequence()).isZero();
            assertThat(candle.origin()).isEqualTo(Candle.Origin.LIVE);
            assertThat(candle.closed()).isTrue();
        });
        assertThat(cached.get(1).unreadable()).isEqualTo("it has no number 'open'");
        assertThat(cached.get(2).unreadable()).startsWith("it is no JSON");
        assertThat(cached.get(3).unreadable()).isEqualTo("it says that it opens at 7");
    }

    @Test
    void shouldLeaveWhatHasNoSequenceOrCannotBeReadWhenTheSlotIsTaken() {
        RedisCandleCache cache = open(1_000, DAY);
        client().zadd(KEY, (double) time(0), "{\"open\":1}");
        client().zadd(KEY, (double) time(1), "garbage");
        client().zadd(KEY, (double) time(2), "{\"sequence\":\"4\",\"origin\":\"Backfill\"}");
        client().zadd(KEY, (double) time(3), "{\"sequence\":9007199254740992}");

        List<Candle> candles = List.of(live(0, 9), live(1, 9), backfill(2, 5), live(3, 9_007_199_254_740_993L));

        // Scripts know doubles only: the last two are the same one, so that neither is known to be higher.
        assertThat(write(cache, BTC, candles))
                .containsExactly(WriteResult.KEPT, WriteResult.KEPT, WriteResult.REPLACED, WriteResult.KEPT);
    }

    @Test
    void shouldSpellKeysAndFieldsAsConfigured() {
        ExchangeConfig exchange = new ExchangeConfig(
                "coinbase", "http://localhost", "7", "ann", Map.of(), List.of(), 5, Duration.ofSeconds(1));
        CandleKeys keys = new CandleKeys(redis().config(), Map.of("coinbase", exchange));

        assertThat(keys.of(BTC)).isEqualTo("candles:ann:7:BTC/EUR:1m");
        assertThat(keys.of(new SeriesKey("kraken", "X", "1h"))).isEqualTo("candles:default:kraken:X:1h");
    }

    @Test
    void shouldSetTheExpiryOfWhatItMakesAndProlongWhatEndsEarlier() {
        RedisCandleCache cache = open(1_000, DAY);

        write(cache, BTC, List.of(live(0, 1)));
        assertThat(client().pttl(KEY)).isBetween(DAY.toMillis() - 60_000, DAY.toMillis());

        client().pexpire(KEY, 5_000);
        write(cache, BTC, List.of(live(0, 1)));
        assertThat(client().pttl(KEY)).isLessThanOrEqualTo(5_000);
        write(cache, BTC, List.of(live(0, 2)));
        assertThat(client().pttl(KEY)).isGreaterThan(5_000);

        client().pexpire(KEY, 2 * DAY.toMillis());
        write(cache, BTC, List.of(live(1, 2)));
        assertThat(client().pttl(KEY)).isGreaterThan(DAY.toMillis());
    }

    @Test
    void shouldNotMakeAnApplicationsSeriesExpireWhenItLivesForEver() {
        RedisCandleCache cache = open(1_000, DAY);
        client().zadd(KEY, (double) time(0), "{}");

        write(cache, BTC, List.of(live(1, 1)));

        assertThat(client().pttl(KEY)).isEqualTo(-1);
    }

    @Test
    void shouldWriteAfterTheScriptsAreFlushed() {
        RedisCandleCache cache = open(1_000, DAY);
        write(cache, BTC, List.of(live(0, 1)));
        client().scriptFlush();

        assertThat(write(cache, BTC, List.of(live(1, 1)))).containsExactly(WriteResult.FILLED);
    }

    @Test
    void shouldBeRefusedWhenAKeyHoldsSomethingElse() {
        RedisCandleCache cache = open(1_000, DAY);
        client().set(KEY, "a text");

        assertThatThrownBy(() -> cache.counts(List.of(window(BTC, 0, 1))))
                .isInstanceOf(StoreRefusedException.class)
                .hasMessageContaining("WRONGTYPE");
        assertThatThrownBy(() -> write(cache, BTC, List.of(live(0, 1)))).isInstanceOf(StoreRefusedException.class);
    }

    private RedisCandleCache open(@Nullable Integer newest, @Nullable Duration expiry) {
        open = new RedisCandleCache(redis().config(newest, expiry), Map.of());
        return open;
    }

    private static TestRedis redis() {
        return Objects.requireNonNull(redis);
    }

    private static RedisClient client() {
        return redis().client();
    }
}
