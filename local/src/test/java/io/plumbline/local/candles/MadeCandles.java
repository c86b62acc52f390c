package io.plumbline.local.candles;

import io.plumbline.local.exchange.SimulatedMarket;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.Candle.Origin;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.Timeframe;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes series that end at a time, and tells the exchange what is true of them. Their last {@link #WHOLE} are whole, as are
 * their ends: what a patient system judges at once is all that there is to judge.
 *
 * @param end of the last candle
 */
record MadeCandles(SimulatedMarket market, Instant end, Random random) {

    /** Longer than {@link CandlesUnderTest#PATIENT} waits for a candle. */
    static final Duration WHOLE = Duration.ofMinutes(12);

    /** Of a series what is judged already. */
    Played judged(Played played) {
        Timeframe frame = Timeframe.parse(played.series().timeframe());
        return played.before(frame.slotOf(end.minus(WHOLE).toEpochMilli()));
    }

    /**
     * @param untraded one slot in so many has no candle at the exchange
     * @param lost one of the rest in so many does not reach the feed
     */
    Played series(String symbol, String timeframe, int slots, int untraded, int lost) {
        SeriesKey series = CandlesUnderTest.series(symbol, timeframe);
        Timeframe frame = Timeframe.parse(timeframe);
        long last = frame.slotOf(end.toEpochMilli()) - 1;
        long first = last - slots + 1;
        long whole = frame.slotOf(end.minus(WHOLE).toEpochMilli()) - 1;
        NavigableMap<Long, Candle> truth = new TreeMap<>();
        Set<Long> missed = new TreeSet<>();
        for (long slot = first; slot <= last; slot++) {
            boolean certain = slot == first || slot >= whole;
            if (!certain && random.nextInt(untraded) == 0) {
                continue;
            }
            truth.put(slot, candle(frame.openTimeOf(slot)));
            if (!certain && random.nextInt(lost) == 0) {
                missed.add(slot);
            }
        }
        market.candles(symbol, frame, truth.values());
        return Played.without(series, truth, missed);
    }

    private Candle candle(long openTime) {
        BigDecimal open = price();
        BigDecimal close = price();
        return new Candle(
                openTime,
                open,
                open.max(close).add(BigDecimal.ONE),
                open.min(close).subtract(BigDecimal.ONE),
                close,
                BigDecimal.valueOf(1 + random.nextInt(100_000), 4),
                1,
                Origin.LIVE,
                true);
    }

    private BigDecimal price() {
        return BigDecimal.valueOf(100_000 + random.nextInt(10_000), 2);
    }
}
