package io.plumbline.local.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.local.EmbeddedRedis;
import io.plumbline.local.chaos.CuttingProxy;
import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.stores.CandleCache;
import io.plumbline.stores.CandleCache.SeriesCandles;
import io.plumbline.stores.CandleCache.SeriesWindow;
import io.plumbline.stores.StoreUnavailableException;
import io.plumbline.stores.redis.RedisCandleCache;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.Candle.Origin;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.Timeframe;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the cache is asked, it is answered exactly, or it is away: wherever in an answer it is cut off, or falls silent. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InterruptedCacheTest {

    private static final int SERIES = 200;
    private static final int SLOTS = 50;
    private static final int CUTS = 60;
    private static final int SILENCES = 20;
    private static final Timeframe MINUTE = Timeframe.parse("1m");
    private static final Duration WAITED_FOR = Duration.ofMillis(300);
    private static final Duration SILENCE = WAITED_FOR.plusMillis(200);

    /** The ways to ask a cache something about windows. */
    private static final List<Function<CandleCache, Function<List<SeriesWindow>, Object>>> QUESTIONS =
            List.of(cache -> cache::counts, cache -> cache::openTimes, cache -> cache::candles);

    private record Asked(int question, List<SeriesWindow> windows) {}

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final EmbeddedRedis redis = EmbeddedRedis.start();
    private final CuttingProxy proxy = new CuttingProxy(redis.port());
    private final CandleCache plain = cache(redis.port(), Duration.ofMinutes(1));
    private final CandleCache cache = cache(proxy.port(), WAITED_FOR);
    private final List<SeriesWindow> windows = new ArrayList<>();

    @BeforeAll
    void fill() {
        List<SeriesCandles> all = new ArrayList<>();
        for (int i = 0; i < SERIES; i++) {
            SeriesKey series = new SeriesKey("simulated", "S-" + i, "1m");
            List<Candle> candles = new ArrayList<>();
            for (long slot = 0; slot < SLOTS; slot++) {
                if (random.nextInt(5) > 0) {
                    candles.add(candle(slot));
                }
            }
            all.add(new SeriesCandles(series, candles));
            windows.add(new SeriesWindow(series, MINUTE.openTimeOf(0), MINUTE.openTimeOf(SLOTS)));
        }
        plain.write(all);
    }

    @AfterAll
    void stop() {
        cache.close();
        plain.close();
        proxy.close();
        redis.close();
    }

    @Test
    void shouldAnswerExactlyOrBeAwayWhenItsConnectionsAreCut() {
        assertExact(CUTS, proxy::cutAfter);
    }

    /** What is said late answers a question that nobody asks any more: nobody may take it for the answer to another. */
    @Test
    void shouldAnswerExactlyOrBeAwayWhenItSaysNothingForLongerThanIsWaitedFor() {
        assertExact(SILENCES, bytes -> proxy.silentAfter(bytes, SILENCE));
    }

    /** Has something done to the connections after so many bytes of an answer. */
    @FunctionalInterface
    private interface Disturbance {
        void after(long bytes);
    }

    private void assertExact(int times, Disturbance disturbance) {
        int away = 0;
        for (int i = 0; i < times; i++) {
            Asked asked = any();
            disturbance.after(random.nextBoolean() ? 0 : random.nextLong(length(asked)));
            away += isExact(asked) ? 0 : 1;
            proxy.cutNever();
            for (int next = 0; next < 5; next++) {
                isExact(any());
            }
        }
        assertThat(away).as("seed %d: disturbances that hit", seed).isGreaterThan(times / 3);
    }

    /** Bytes of the answer; a connection is there afterwards. */
    private long length(Asked asked) {
        long[] before = new long[1];
        await("the cache answers").pollDelay(Duration.ZERO).until(() -> {
            before[0] = proxy.forwarded();
            return isExact(asked);
        });
        return proxy.forwarded() - before[0];
    }

    private Asked any() {
        int from = random.nextInt(SERIES - 1);
        return new Asked(
                random.nextInt(QUESTIONS.size()), windows.subList(from, from + 1 + random.nextInt(SERIES - from)));
    }

    /** Whether the answer is exact; not where the cache is away. Fails on everything else. */
    private boolean isExact(Asked asked) {
        Object answer;
        try {
            answer = answer(cache, asked);
        } catch (StoreUnavailableException away) {
            return false;
        }
        assertThat(answer).as("seed %d: %s", seed, asked).isEqualTo(answer(plain, asked));
        return true;
    }

    private static Object answer(CandleCache cache, Asked asked) {
        return QUESTIONS.get(asked.question()).apply(cache).apply(asked.windows());
    }

    private static Candle candle(long slot) {
        BigDecimal price = BigDecimal.valueOf(slot + 1);
        return new Candle(MINUTE.openTimeOf(slot), price, price, price, price, BigDecimal.ONE, 1, Origin.LIVE, true);
    }

    private static CandleCache cache(int port, Duration timeout) {
        String config = """
                kafka: { bootstrap-servers: "127.0.0.1:1" }
                redis: { nodes: ["127.0.0.1:%d"], timeout: %dms }
                exchanges: { simulated: { adapter: coinbase, base-url: "http://127.0.0.1" } }
                """.formatted(port, timeout.toMillis());
        return new RedisCandleCache(
                Objects.requireNonNull(ConfigFile.parse(config, Map.of()).redis()), Map.of());
    }
}
