package io.plumbline.stores.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.stores.CandleCache;
import io.plumbline.stores.CandleCache.CachedCandle;
import io.plumbline.stores.CandleCache.SeriesCandles;
import io.plumbline.stores.CandleCache.SeriesWindow;
import io.plumbline.stores.TestRedis;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.Candle.Origin;
import io.plumbline.topics.record.SeriesKey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/**
 * A live feed and a backfill write the same slots at the same time, each in an order of its own, while somebody reads:
 * what a slot holds never goes back, no slot ever holds two, and the newest live candle is there in the end.
 */
class RedisRaceTest {

    private static final int SLOTS = 20;
    private static final int WRITES = 150;

    private static @Nullable TestRedis redis;

    @BeforeContainer
    static void start() {
        redis = TestRedis.start();
    }

    @AfterContainer
    static void stop() {
        Objects.requireNonNull(redis).close();
    }

    @Property(tries = 30, shrinking = ShrinkingMode.OFF)
    void shouldNeverReplaceNewerByOlder(@ForAll long seed) {
        SeriesKey series = new SeriesKey("coinbase", "RACE" + seed, "1m");
        Random random = new Random(seed);
        List<Candle> live = shuffled(random, Origin.LIVE);
        List<Candle> backfilled = shuffled(random, Origin.BACKFILL);
        AtomicBoolean done = new AtomicBoolean();

        try (ExecutorService threads = Executors.newFixedThreadPool(3);
                CandleCache cache =
                        new RedisCandleCache(Objects.requireNonNull(redis).config(), Map.of())) {
            int first = random.nextInt(1, 9);
            int second = random.nextInt(1, 9);
            CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> watch(cache, series, done), threads);
            CompletableFuture<Void> writers = CompletableFuture.allOf(
                    CompletableFuture.runAsync(() -> write(cache, series, live, first), threads),
                    CompletableFuture.runAsync(() -> write(cache, series, backfilled, second), threads));
            writers.whenComplete((nothing, failure) -> done.set(true)).join();
            reading.join();

            Map<Long, Candle> newest = new HashMap<>();
            live.forEach(candle -> newest.merge(candle.openTime(), candle, RedisRaceTest::newer));
            Map<Long, Candle> held = held(cache, series);
            newest.forEach((time, candle) -> assertThat(held).containsEntry(time, candle));
        }
    }

    private static void write(CandleCache cache, SeriesKey series, List<Candle> candles, int batch) {
        for (int at = 0; at < candles.size(); at += batch) {
            List<Candle> some = candles.subList(at, Math.min(candles.size(), at + batch));
            cache.write(some.stream()
                    .map(candle -> new SeriesCandles(series, List.of(candle)))
                    .toList());
        }
    }

    private static void watch(CandleCache cache, SeriesKey series, AtomicBoolean done) {
        Map<Long, Candle> before = new HashMap<>();
        while (!done.get()) {
            Map<Long, Candle> now = held(cache, series);
            before.forEach((time, candle) -> {
                Candle later = now.get(time);
                assertThat(later).isNotNull();
                assertThat(newer(candle, Objects.requireNonNull(later))).isEqualTo(later);
            });
            before.putAll(now);
        }
    }

    /** By slot; fails where a slot holds two. */
    private static Map<Long, Candle> held(CandleCache cache, SeriesKey series) {
        Map<Long, Candle> held = new HashMap<>();
        for (CachedCandle cached : cache.candles(List.of(new SeriesWindow(series, 0, 1_000_000_000)))
                .getFirst()) {
            Candle candle = Objects.requireNonNull(cached.candle());
            assertThat(held.put(cached.openTime(), candle)).isNull();
        }
        return held;
    }

    private static Candle newer(Candle one, Candle other) {
        if (one.origin() != other.origin()) {
            return one.origin() == Origin.LIVE ? one : other;
        }
        return other.sequence() >= one.sequence() ? other : one;
    }

    /** Live candles are of a higher sequence than backfilled ones, as those of a feed are. */
    private static List<Candle> shuffled(Random random, Origin origin) {
        List<Candle> candles = new ArrayList<>();
        for (int i = 0; i < WRITES; i++) {
            long sequence = origin == Origin.LIVE ? 1_000 + random.nextInt(500) : random.nextInt(50);
            BigDecimal price = BigDecimal.valueOf(sequence);
            long slot = random.nextInt(SLOTS);
            candles.add(new Candle(slot * 60_000, price, price, price, price, price, sequence, origin, true));
        }
        return candles;
    }
}
