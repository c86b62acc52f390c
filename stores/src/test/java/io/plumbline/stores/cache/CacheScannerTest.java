package io.plumbline.stores.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.stores.CandleCache.SeriesCandles;
import io.plumbline.stores.CandleRetention;
import io.plumbline.stores.StoreUnavailableException;
import io.plumbline.stores.TestRedis;
import io.plumbline.stores.memory.InMemoryCandleCache;
import io.plumbline.stores.redis.RedisCandleCache;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.Candle.Origin;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.Timeframe;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CacheScannerTest {

    private static final Instant NOW = Instant.parse("2026-03-02T12:00:30Z");
    private static final Timeframe MINUTE = Timeframe.parse("1m");
    private static final long LAST = MINUTE.slotOf(NOW.toEpochMilli()) - 1;
    private static final long FIRST = LAST - 29;
    private static final SeriesKey BTC = new SeriesKey("coinbase", "BTC/EUR", "1m");
    private static final SeriesKey ETH = new SeriesKey("coinbase", "ETH/EUR", "1m");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final InMemoryCandleCache cache = new InMemoryCandleCache(new CandleRetention(100, Duration.ofHours(24)));
    private final CacheScanner scanner = new CacheScanner(cache, CLOCK);

    @Test
    void shouldFindNothingWhenEverySlotIsThere() {
        fill(BTC, FIRST, LAST);

        assertThat(scanner.quickly(List.of(expected(BTC)))).singleElement().satisfies(found -> {
            assertThat(found.isSound()).isTrue();
            assertThat(found.expected()).isEqualTo(30);
            assertThat(found.present()).isEqualTo(30);
        });
        assertThat(scanner.thoroughly(List.of(expected(BTC)))).allMatch(ScannedSeries::isSound);
    }

    @Test
    void shouldListTheMissingSlotsOfThoseSeriesThatHaveSome() {
        fill(BTC, FIRST, LAST);
        fill(ETH, FIRST, LAST);
        remove(ETH, FIRST + 3);
        remove(ETH, LAST);

        List<ScannedSeries> found = scanner.quickly(List.of(expected(ETH), expected(BTC)));

        assertThat(found.get(0).missing()).containsExactly(FIRST + 3, LAST);
        assertThat(found.get(0).present()).isEqualTo(28);
        assertThat(found.get(1).isSound()).isTrue();
    }

    @Test
    void shouldNotExpectSlotsThatAreKnownToBeEmptyAndAcceptALateTrade() {
        fill(BTC, FIRST, LAST);
        remove(BTC, FIRST + 3);
        remove(BTC, FIRST + 5);
        cache.add(BTC, candle(FIRST + 5, 1, "1"));
        ExpectedSeries series = new ExpectedSeries(BTC, FIRST, LAST, Set.of(FIRST + 3, FIRST + 5));

        assertThat(scanner.quickly(List.of(series))).singleElement().satisfies(found -> {
            assertThat(found.isSound()).isTrue();
            assertThat(found.expected()).isEqualTo(28);
        });
    }

    @Test
    void shouldSeeAHoleBehindASecondCandleOnlyWhenItListsThemAll() {
        fill(BTC, FIRST, LAST);
        remove(BTC, FIRST + 3);
        cache.add(BTC, candle(FIRST + 7, 2, "2"));

        assertThat(scanner.quickly(List.of(expected(BTC)))).allMatch(ScannedSeries::isSound);
        assertThat(scanner.thoroughly(List.of(expected(BTC)))).singleElement().satisfies(found -> {
            assertThat(found.missing()).containsExactly(FIRST + 3);
            assertThat(found.doubled()).containsExactly(FIRST + 7);
            assertThat(found.present()).isEqualTo(29);
        });
    }

    @Test
    void shouldCompareWhatIsKnownButNotHoldANewerCandleAgainstIt() {
        fill(BTC, FIRST, LAST);
        cache.write(List.of(new SeriesCandles(BTC, List.of(candle(FIRST + 4, 9, "9")))));
        ExpectedSeries series = new ExpectedSeries(
                BTC,
                FIRST,
                LAST,
                Set.of(),
                Map.of(
                        FIRST,
                        candle(FIRST, 1, "1.00"),
                        FIRST + 1,
                        candle(FIRST + 1, 2, "1.5"),
                        FIRST + 2,
                        candle(FIRST + 2, 1, "1.5"),
                        FIRST + 4,
                        candle(FIRST + 4, 5, "5")));

        assertThat(scanner.thoroughly(List.of(series))).singleElement().satisfies(found -> {
            assertThat(found.different()).containsExactly(FIRST + 1);
            assertThat(found.contradicting()).containsExactly(FIRST + 2);
        });
    }

    @Test
    void shouldNotTakeForMissingWhatTheCacheForgets() {
        fill(BTC, LAST - 99, LAST);
        ExpectedSeries longer = new ExpectedSeries(BTC, LAST - 499, LAST, Set.of());
        ExpectedSeries absent = new ExpectedSeries(ETH, LAST - 499, LAST, Set.of());

        List<ScannedSeries> found = scanner.quickly(List.of(longer, absent));

        assertThat(found.get(0).isSound()).isTrue();
        assertThat(found.get(0).expected() + found.get(0).forgotten()).isEqualTo(500);
        // The open slot is one of those that it is trimmed to.
        assertThat(found.get(1).missing()).hasSize(99).first().isEqualTo(LAST - 98);
        assertThat(found.get(1).forgotten()).isEqualTo(401);
    }

    @Test
    void shouldExpectNothingWhenAllOfTheWindowIsForgotten() {
        ExpectedSeries old = new ExpectedSeries(BTC, LAST - 4_000, LAST - 3_000, Set.of());

        assertThat(scanner.quickly(List.of(old))).singleElement().satisfies(found -> {
            assertThat(found.isSound()).isTrue();
            assertThat(found.expected()).isZero();
            assertThat(found.forgotten()).isEqualTo(1_001);
        });
    }

    @Test
    void shouldProveNothingWhenTheCacheIsAway() {
        cache.setAway(true);

        assertThatThrownBy(() -> scanner.quickly(List.of(expected(BTC)))).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> scanner.thoroughly(List.of(expected(BTC))))
                .isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void shouldScanTheOthersWhenRedisRefusesOneAndSayWhatCannotBeRead() {
        try (TestRedis redis = TestRedis.start();
                RedisCandleCache real = new RedisCandleCache(redis.config(), Map.of())) {
            real.write(List.of(new SeriesCandles(BTC, candles(FIRST, LAST))));
            double strange = (double) MINUTE.openTimeOf(FIRST) + 1;
            redis.client().zadd("candles:default:coinbase:BTC/EUR:1m", strange, "{}");
            redis.client().set("candles:default:coinbase:ETH/EUR:1m", "a text");
            redis.client().zadd("candles:default:coinbase:X:1m", (double) MINUTE.openTimeOf(FIRST), "garbage");
            CacheScanner onRedis = new CacheScanner(real, CLOCK);
            ExpectedSeries unreadable = new ExpectedSeries(
                    new SeriesKey("coinbase", "X", "1m"), FIRST, FIRST, Set.of(), Map.of(FIRST, candle(FIRST, 1, "1")));

            List<ScannedSeries> quick = onRedis.quickly(List.of(expected(ETH), expected(BTC)));
            List<ScannedSeries> thorough = onRedis.thoroughly(List.of(unreadable));

            assertThat(quick.get(0).refused()).contains("WRONGTYPE");
            assertThat(quick.get(1).misplaced()).containsExactly((long) strange);
            assertThat(quick.get(1).missing()).isEmpty();
            assertThat(thorough.getFirst().unreadable()).containsExactly(FIRST);
        }
    }

    @Property(tries = 300)
    void shouldFindExactlyTheHolesThatWereMade(@ForAll long seed) {
        InMemoryCandleCache fresh = new InMemoryCandleCache(new CandleRetention(null, null));
        CacheScanner freshScanner = new CacheScanner(fresh, CLOCK);
        Random random = new Random(seed);
        Set<Long> missing = new TreeSet<>();
        Set<Long> doubled = new TreeSet<>();
        Set<Long> empty = new TreeSet<>();
        for (long slot = FIRST; slot <= LAST; slot++) {
            switch (random.nextInt(8)) {
                case 0 -> missing.add(slot);
                case 1 -> empty.add(slot);
                case 2 -> {
                    doubled.add(slot);
                    fresh.add(BTC, candle(slot, 2, "2"));
                    fresh.add(BTC, candle(slot, 1, "1"));
                }
                default -> fresh.add(BTC, candle(slot, 1, "1"));
            }
        }
        ExpectedSeries series = new ExpectedSeries(BTC, FIRST, LAST, empty);

        ScannedSeries thorough = freshScanner.thoroughly(List.of(series)).getFirst();
        ScannedSeries quick = freshScanner.quickly(List.of(series)).getFirst();

        assertThat(thorough.missing()).containsExactlyElementsOf(missing);
        assertThat(thorough.doubled()).containsExactlyElementsOf(doubled);
        assertThat(thorough.expected()).isEqualTo(30 - empty.size());
        assertThat(thorough.present() + thorough.missing().size()).isEqualTo(thorough.expected());
        if (missing.size() != doubled.size()) {
            assertThat(quick).isEqualTo(thorough);
        }
    }

    private static ExpectedSeries expected(SeriesKey series) {
        return new ExpectedSeries(series, FIRST, LAST, Set.of());
    }

    private void fill(SeriesKey series, long first, long last) {
        cache.write(List.of(new SeriesCandles(series, candles(first, last))));
    }

    private void remove(SeriesKey series, long slot) {
        cache.remove(series, MINUTE.openTimeOf(slot));
    }

    private static List<Candle> candles(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(slot -> candle(slot, 1, "1"))
                .toList();
    }

    private static Candle candle(long slot, long sequence, String price) {
        BigDecimal number = new BigDecimal(price);
        return new Candle(MINUTE.openTimeOf(slot), number, number, number, number, number, sequence, Origin.LIVE, true);
    }
}
