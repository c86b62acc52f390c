package io.plumbline.stores;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.stores.CandleCache.CachedCandle;
import io.plumbline.stores.CandleCache.SeriesCandles;
import io.plumbline.stores.CandleCache.SeriesWindow;
import io.plumbline.stores.CandleCache.WriteResult;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.Candle.Origin;
import io.plumbline.topics.record.SeriesKey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every candle cache does. */
public abstract class CandleCacheContract {

    protected static final SeriesKey BTC = new SeriesKey("coinbase", "BTC/EUR", "1m");
    protected static final SeriesKey ETH = new SeriesKey("coinbase", "ETH/EUR", "1m");
    protected static final long MINUTE = 60_000;
    protected static final long T0 = 1_700_000_040_000L;

    /** An empty cache that is trimmed to so many. */
    protected abstract CandleCache cache(int newest);

    /** Adds a candle as an application does that does not look first. */
    protected abstract void add(CandleCache cache, SeriesKey series, Candle candle);

    @Test
    void shouldFillEmptySlotsAndGiveThemBackExactlyWhenWritten() {
        CandleCache cache = cache(1_000);
        List<Candle> candles = List.of(live(2, 7), live(0, 5), backfill(1, 0));

        assertThat(write(cache, BTC, candles))
                .containsExactly(WriteResult.FILLED, WriteResult.FILLED, WriteResult.FILLED);

        assertThat(read(cache, BTC)).containsExactly(live(0, 5), backfill(1, 0), live(2, 7));
    }

    @Test
    void shouldReplaceByAStrictlyHigherSequenceOnly() {
        CandleCache cache = cache(1_000);
        write(cache, BTC, List.of(live(0, 5)));

        assertThat(write(cache, BTC, List.of(live(0, 4)))).containsExactly(WriteResult.KEPT);
        assertThat(write(cache, BTC, List.of(priced(live(0, 5), "9")))).containsExactly(WriteResult.KEPT);
        assertThat(read(cache, BTC)).containsExactly(live(0, 5));
        assertThat(write(cache, BTC, List.of(live(0, 6)))).containsExactly(WriteResult.REPLACED);
        assertThat(read(cache, BTC)).containsExactly(live(0, 6));
    }

    @Test
    void shouldNeverReplaceALiveCandleByABackfilledOne() {
        CandleCache cache = cache(1_000);
        write(cache, BTC, List.of(live(0, 5), backfill(1, 0)));

        assertThat(write(cache, BTC, List.of(backfill(0, 99), live(1, 1))))
                .containsExactly(WriteResult.KEPT, WriteResult.REPLACED);

        assertThat(read(cache, BTC)).containsExactly(live(0, 5), live(1, 1));
    }

    @Test
    void shouldChangeNothingWhenTheSameIsWrittenAgain() {
        CandleCache cache = cache(1_000);
        write(cache, BTC, List.of(live(0, 5), backfill(1, 0)));

        assertThat(write(cache, BTC, List.of(live(0, 5), backfill(1, 0))))
                .containsExactly(WriteResult.SAME, WriteResult.SAME);

        assertThat(read(cache, BTC)).containsExactly(live(0, 5), backfill(1, 0));
    }

    @Test
    void shouldAnswerForManySeriesInTheirOrder() {
        CandleCache cache = cache(1_000);

        List<List<WriteResult>> results = cache.write(List.of(
                new SeriesCandles(BTC, List.of(live(0, 1), live(1, 1))),
                new SeriesCandles(ETH, List.of(live(1, 1))),
                new SeriesCandles(BTC, List.of()),
                new SeriesCandles(BTC, List.of(live(1, 1), live(2, 1)))));

        assertThat(results)
                .containsExactly(
                        List.of(WriteResult.FILLED, WriteResult.FILLED),
                        List.of(WriteResult.FILLED),
                        List.of(),
                        List.of(WriteResult.SAME, WriteResult.FILLED));
        assertThat(cache.counts(List.of(window(ETH, 0, 9), window(BTC, 0, 9)))).containsExactly(1L, 3L);
    }

    @Test
    void shouldCountAndListFromInclusiveToExclusive() {
        CandleCache cache = cache(1_000);
        write(cache, BTC, IntStream.range(0, 10).mapToObj(i -> live(i, 1)).toList());

        assertThat(cache.counts(List.of(window(BTC, 2, 5), window(BTC, 9, 20), window(ETH, 0, 9))))
                .containsExactly(3L, 1L, 0L);
        assertThat(cache.openTimes(List.of(window(BTC, 2, 5), window(ETH, 0, 9))))
                .containsExactly(List.of(time(2), time(3), time(4)), List.of());
        assertThat(cache.oldest(List.of(ETH, BTC))).containsExactly(OptionalLong.empty(), OptionalLong.of(time(0)));
    }

    @Test
    void shouldShowTwoCandlesAtOneTimeAndLeaveTheNewerWhenItIsWrittenAgain() {
        CandleCache cache = cache(1_000);
        add(cache, BTC, live(0, 5));
        add(cache, BTC, live(0, 6));
        add(cache, BTC, live(2, 1));

        assertThat(cache.counts(List.of(window(BTC, 0, 3)))).containsExactly(3L);
        assertThat(cache.openTimes(List.of(window(BTC, 0, 3)))).containsExactly(List.of(time(0), time(0), time(2)));
        assertThat(write(cache, BTC, List.of(live(0, 6)))).containsExactly(WriteResult.REPLACED);
        assertThat(read(cache, BTC)).containsExactly(live(0, 6), live(2, 1));
    }

    @Test
    void shouldLeaveTheNewerOfTwoWhenAnotherSpellingOfItIsWritten() {
        CandleCache cache = cache(1_000);
        add(cache, BTC, live(0, 5));
        add(cache, BTC, priced(live(0, 6), "9"));

        assertThat(write(cache, BTC, List.of(live(0, 6)))).containsExactly(WriteResult.REPLACED);

        assertThat(read(cache, BTC)).containsExactly(priced(live(0, 6), "9"));
    }

    @Test
    void shouldKeepBothWhenItIsNotKnownWhichOfTwoIsNewer() {
        CandleCache cache = cache(1_000);
        add(cache, BTC, live(0, 5));
        add(cache, BTC, priced(live(0, 5), "9"));

        assertThat(write(cache, BTC, List.of(backfill(0, 99)))).containsExactly(WriteResult.KEPT);
        assertThat(read(cache, BTC)).hasSize(2);
        assertThat(write(cache, BTC, List.of(live(0, 6)))).containsExactly(WriteResult.REPLACED);
        assertThat(read(cache, BTC)).containsExactly(live(0, 6));
    }

    @Test
    void shouldTrimToTheNewestAndNotWriteWhatWouldBeTrimmed() {
        CandleCache cache = cache(3);
        write(cache, BTC, List.of(live(1, 1), live(2, 1), live(5, 1)));

        assertThat(write(cache, BTC, List.of(live(0, 1), live(3, 1), live(4, 1))))
                .containsExactly(WriteResult.TRIMMED, WriteResult.FILLED, WriteResult.FILLED);

        assertThat(read(cache, BTC)).containsExactly(live(3, 1), live(4, 1), live(5, 1));
    }

    @Test
    void shouldRemoveNoMoreThanItAddsWhenTheApplicationKeepsMore() {
        CandleCache cache = cache(3);
        IntStream.range(0, 6).filter(i -> i != 4).forEach(i -> add(cache, BTC, live(i, 1)));

        write(cache, BTC, List.of(live(4, 1)));

        assertThat(read(cache, BTC))
                .extracting(Candle::openTime)
                .containsExactly(time(1), time(2), time(3), time(4), time(5));
    }

    @Test
    void shouldAnswerPerCandleWhenThereAreMoreThanOneRunTakes() {
        CandleCache cache = cache(10_000);
        List<Candle> all = new ArrayList<>(
                LongStream.range(0, 1_500).mapToObj(i -> live(i, 2)).toList());
        write(cache, BTC, all.subList(0, 700));
        all.set(10, live(10, 1));

        List<WriteResult> results = write(cache, BTC, all);

        assertThat(results.subList(0, 10)).containsOnly(WriteResult.SAME);
        assertThat(results.get(10)).isEqualTo(WriteResult.KEPT);
        assertThat(results.subList(700, 1_500)).containsOnly(WriteResult.FILLED);
        assertThat(cache.counts(List.of(window(BTC, 0, 2_000)))).containsExactly(1_500L);
    }

    protected static long time(long slot) {
        return T0 + slot * MINUTE;
    }

    protected static Candle live(long slot, long sequence) {
        return candle(slot, sequence, Origin.LIVE);
    }

    protected static Candle backfill(long slot, long sequence) {
        return candle(slot, sequence, Origin.BACKFILL);
    }

    private static Candle candle(long slot, long sequence, Origin origin) {
        return new Candle(
                time(slot),
                new BigDecimal("1.10"),
                new BigDecimal("2.000"),
                new BigDecimal("0.00000001"),
                new BigDecimal("1.5"),
                new BigDecimal("12345678901234567890.123456789"),
                sequence,
                origin,
                true);
    }

    protected static Candle priced(Candle candle, String close) {
        return new Candle(
                candle.openTime(),
                candle.open(),
                candle.high(),
                candle.low(),
                new BigDecimal(close),
                candle.volume(),
                candle.sequence(),
                candle.origin(),
                candle.closed());
    }

    protected static SeriesWindow window(SeriesKey series, long from, long to) {
        return new SeriesWindow(series, time(from), time(to));
    }

    protected static List<WriteResult> write(CandleCache cache, SeriesKey series, List<Candle> candles) {
        return cache.write(List.of(new SeriesCandles(series, candles))).getFirst();
    }

    protected static List<Candle> read(CandleCache cache, SeriesKey series) {
        List<Candle> candles = new ArrayList<>();
        for (CachedCandle cached :
                cache.candles(List.of(window(series, -1_000, 3_000))).getFirst()) {
            assertThat(cached.unreadable()).isNull();
            candles.add(Objects.requireNonNull(cached.candle()));
        }
        return candles;
    }
}
