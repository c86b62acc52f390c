package io.plumbline.stores.cache;

import io.plumbline.topics.record.SeriesKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a scan found of a series: {@code expected = present + missing}.
 *
 * @param expected slots of the window that should have a candle; 0 where the cache refused
 * @param forgotten slots before those: the cache's own rules may have removed them
 * @param missing slots without a candle, ascending
 * @param doubled slots with more than one
 * @param different slots whose candle is older than the known one
 * @param contradicting slots whose candle is not the known one, though of the same sequence: neither is known to be newer
 * @param unreadable slots with something that is no candle
 * @param misplaced open times at which no slot of the timeframe begins
 * @param refused why the cache does not answer for this series; {@code null} where it does
 */
public record ScannedSeries(
        SeriesKey series,
        long expected,
        long present,
        long forgotten,
        List<Long> missing,
        List<Long> doubled,
        List<Long> different,
        List<Long> contradicting,
        List<Long> unreadable,
        List<Long> misplaced,
        @Nullable String refused) {

    /** Whether nothing needs to be done. */
    public boolean isSound() {
        return missing.isEmpty()
                && doubled.isEmpty()
                && different.isEmpty()
                && contradicting.isEmpty()
                && unreadable.isEmpty()
                && misplaced.isEmpty()
                && refused == null;
    }
}
