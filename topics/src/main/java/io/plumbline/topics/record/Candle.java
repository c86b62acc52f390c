package io.plumbline.topics.record;

import java.math.BigDecimal;

/**
 * A candle of a series on {@code candles}, keyed by {@link SeriesKey#text()}.
 *
 * @param openTime when its slot opens, in milliseconds since the epoch
 * @param sequence which of two candles of one slot is newer: the higher
 * @param closed whether its slot is over; an open candle is still changing, and counts for nothing
 */
public record Candle(
        long openTime,
        BigDecimal open,
        BigDecimal high,
        BigDecimal low,
        BigDecimal close,
        BigDecimal volume,
        long sequence,
        Origin origin,
        boolean closed) {

    /** Where a candle comes from. */
    public enum Origin {
        /** The market-data feed, as it happened. */
        LIVE,
        /** Asked for afterwards. */
        BACKFILL
    }
}
