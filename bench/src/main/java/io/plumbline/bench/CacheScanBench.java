package io.plumbline.bench;

import io.plumbline.local.EmbeddedRedis;
import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.stores.CandleCache;
import io.plumbline.stores.CandleCache.SeriesCandles;
import io.plumbline.stores.cache.CacheScanner;
import io.plumbline.stores.cache.ExpectedSeries;
import io.plumbline.stores.cache.ScannedSeries;
import io.plumbline.stores.redis.CandleKeys;
import io.plumbline.stores.redis.RedisCandleCache;
import io.plumbline.topics.config.RedisConfig;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.Candle.Origin;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.Timeframe;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Scans of a candle cache in which nothing is missing, against the plain way: all candles of a series read and compared
 * with a set.
 *
 * <ol>
 *   <li>Fill Redis with the series.
 *   <li>Each round: the plain way one series at a time (a sample of them), the plain way in pipelines, then the counting
 *       scan and the thorough one, over the same connection settings. The first round warms up.
 * </ol>
 */
@Command(name = "cache-scan", description = "Scans of the candle cache against plain reads of it.")
final class CacheScanBench implements Callable<Integer> {

    private static final Timeframe MINUTE = Timeframe.parse("1m");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-02T12:00:30Z"), ZoneOffset.UTC);
    private static final long LAST = MINUTE.slotOf(CLOCK.millis()) - 1;

    /** The counting scan is over so soon that one alone would measure what else the machine does. */
    private static final int REPEATS = 20;

    @Option(names = "--series", defaultValue = "10000", description = "series in Redis (${DEFAULT-VALUE})")
    private int count;

    @Option(names = "--slots", defaultValue = "360", description = "slots of each (${DEFAULT-VALUE})")
    private int slots;

    @Option(names = "--sample", defaultValue = "2000", description = "series of the unpipelined way (${DEFAULT-VALUE})")
    private int sample;

    @Option(names = "--runs", defaultValue = "5", description = "rounds (${DEFAULT-VALUE})")
    private int runs;

    @Override
    public Integer call() {
        try (EmbeddedRedis redis = EmbeddedRedis.start();
                CandleCache cache = new RedisCandleCache(config(redis), Map.of());
                BareCandles bare = new BareCandles(redis.port(), new CandleKeys(config(redis), Map.of()))) {
            List<SeriesKey> series = IntStream.range(0, count)
                    .mapToObj(i -> new SeriesKey("exchange", "SYMBOL" + i + "-EUR", "1m"))
                    .toList();
            Console.say("writing %d series of %d candles", count, slots);
            series.forEach(key -> cache.write(List.of(new SeriesCandles(key, candles()))));
            measure(cache, bare, series);
        }
        return 0;
    }

    private void measure(CandleCache cache, BareCandles bare, List<SeriesKey> series) {
        CacheScanner scanner = new CacheScanner(cache, CLOCK);
        List<ExpectedSeries> expected = series.stream()
                .map(key -> new ExpectedSeries(key, LAST - slots + 1, LAST, Set.of()))
                .toList();
        long from = MINUTE.openTimeOf(LAST - slots + 1);
        Set<Long> wanted = Set.copyOf(LongStream.rangeClosed(LAST - slots + 1, LAST)
                .map(MINUTE::openTimeOf)
                .boxed()
                .toList());
        List<SeriesKey> some = series.subList(0, Math.min(sample, series.size()));
        List<Double> overPlain = new ArrayList<>();
        List<Double> overPipelined = new ArrayList<>();
        List<Double> thoroughOverPipelined = new ArrayList<>();
        List<Double> rates = new ArrayList<>();
        for (int i = 0; i <= runs; i++) {
            double plain = rate(some.size(), () -> bare.oneByOne(some, from, MINUTE.openTimeOf(LAST), wanted));
            double piped = rate(count, () -> bare.pipelined(series, from, MINUTE.openTimeOf(LAST), wanted));
            double quick = rate(
                    REPEATS * count,
                    () -> LongStream.range(0, REPEATS)
                            .map(repeat -> missing(scanner.quickly(expected)))
                            .sum());
            double thorough = rate(count, () -> missing(scanner.thoroughly(expected)));
            Console.say(
                    "round %d: plain %.0f series/s, plain in pipelines %.0f, counting %.0f, thorough %.0f",
                    i, plain, piped, quick, thorough);
            if (i > 0) {
                overPlain.add(quick / plain);
                overPipelined.add(quick / piped);
                thoroughOverPipelined.add(thorough / piped);
                rates.add(quick);
            }
        }
        Console.print(Figure.of("cache-scan.over-plain", overPlain, "ratio of rates", "at least 100"));
        Console.print(Figure.of("cache-scan.over-plain-pipelined", overPipelined, "ratio of rates", "at least 20"));
        Console.print(
                Figure.of("cache-scan.thorough-over-plain-pipelined", thoroughOverPipelined, "ratio of rates", null));
        Console.print(Figure.of("cache-scan.series-per-second", rates, "series/s", null));
    }

    private static long missing(List<ScannedSeries> scanned) {
        return scanned.stream().filter(series -> !series.isSound()).count();
    }

    private static double rate(int series, LongSupplier scan) {
        long start = System.nanoTime();
        long wrong = scan.getAsLong();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (wrong != 0) {
            throw new IllegalStateException(wrong + " series are said to lack candles, though none does");
        }
        return series / seconds;
    }

    private List<Candle> candles() {
        return LongStream.rangeClosed(LAST - slots + 1, LAST)
                .mapToObj(slot -> new Candle(
                        MINUTE.openTimeOf(slot),
                        price(slot, 11),
                        price(slot, 17),
                        price(slot, 3),
                        price(slot, 13),
                        price(slot, 7_919),
                        slot,
                        Origin.LIVE,
                        true))
                .toList();
    }

    private static BigDecimal price(long slot, long factor) {
        return BigDecimal.valueOf(1_000_000 + slot * factor % 999_983, 4);
    }

    private static RedisConfig config(EmbeddedRedis redis) {
        String yaml = """
                kafka: { bootstrap-servers: "127.0.0.1:1" }
                redis: { nodes: ["%s"], timeout: 30s }
                exchanges: { bench: { adapter: coinbase, base-url: "http://127.0.0.1" } }
                """.formatted(redis.node());
        return Objects.requireNonNull(ConfigFile.parse(yaml, Map.of()).redis());
    }
}
