package io.plumbline.local.demo;

import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.Timeframe;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/**
 * What the feed loses, the same for the same seed: single candles, a few in a row, everything for some minutes, and what
 * reaches Kafka but not the cache. Nothing of a series' first minutes.
 *
 * @param from when the feed begins
 * @param cached from when on whatever reaches Kafka reaches the cache too: what does not is found by a scan only, and after
 *     the last one by none
 */
record Losses(long seed, Instant from, Instant cached) {

    private static final Duration WHOLE_AT_FIRST = Duration.ofMinutes(20);
    private static final Duration OUTAGE_AFTER = Duration.ofMinutes(90);
    private static final Duration OUTAGE = Duration.ofMinutes(15);
    private static final Duration ROW_AFTER = Duration.ofMinutes(150);
    private static final int ROW = 7;
    private static final int LOST_PERCENT = 3;
    private static final int NOT_CACHED_PERCENT = 2;

    Delivery of(SeriesKey series, Timeframe timeframe, long openTime) {
        long since = openTime - from.toEpochMilli();
        if (since < WHOLE_AT_FIRST.toMillis()) {
            return Delivery.WHOLE;
        }
        boolean outage = since >= OUTAGE_AFTER.toMillis()
                && since < OUTAGE_AFTER.plus(OUTAGE).toMillis();
        boolean row = since >= ROW_AFTER.toMillis() && since < ROW_AFTER.toMillis() + ROW * timeframe.lengthMs();
        if (outage || row) {
            return Delivery.LOST;
        }
        int percent = new Random(31 * (31 * seed + series.hashCode()) + openTime).nextInt(100);
        if (percent < LOST_PERCENT) {
            return Delivery.LOST;
        }
        boolean notCached = percent < LOST_PERCENT + NOT_CACHED_PERCENT
                && Instant.ofEpochMilli(openTime + timeframe.lengthMs()).isBefore(cached);
        return notCached ? Delivery.NOT_CACHED : Delivery.WHOLE;
    }
}
