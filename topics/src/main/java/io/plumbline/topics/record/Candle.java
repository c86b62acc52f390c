package io.plumbline.topics.record;

import java.math.BigDecimal;

/**
 * One candle of a series.
 *
 * @param openTime epoch milliseconds at which its slot begins
 * @param sequence where the feed has it in its order; a higher one is newer
 * @param closed whether its slot had ended: an open one is never taken for present
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
        LIVE,
        BACKFILL
    }
}
