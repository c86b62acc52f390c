package io.plumbline.stores;

import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.SeriesKey;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A cache of candle series, which an application's feed writes to as well. One slot holds one candle, except where
 * somebody else has written two. Every method answers in the order asked, for many series in few round trips, and throws
 * {@link StoreUnavailableException} where the cache is away or takes no writes for now, {@link StoreRefusedException}
 * where it refuses.
 */
public interface CandleCache extends AutoCloseable {

    /** What the cache forgets by its own rules. */
    CandleRetention retention();

    /** How many candles there are in each window; two at one open time count twice. */
    List<Long> counts(List<SeriesWindow> windows);

    /** The open times of the candles in each window, ascending; two at one open time are there twice. */
    List<List<Long>> openTimes(List<SeriesWindow> windows);

    /** The candles in each window, by open time. */
    List<List<CachedCandle>> candles(List<SeriesWindow> windows);

    /** The open time of the oldest candle of each series; empty where there is none. */
    List<OptionalLong> oldest(List<SeriesKey> series);

    /**
     * Writes candles, each series at once: into slots that are empty, or over candles of a strictly lower sequence, never
     * a backfilled one over a live one. Answers one result per candle. Writing the same again changes nothing.
     */
    List<List<WriteResult>> write(List<SeriesCandles> batch);

    @Override
    void close();

    /** What became of a candle that was to be written. */
    enum WriteResult {
        /** The slot was empty. */
        FILLED,
        /** Something older was in the slot and is gone. */
        REPLACED,
        /** What is in the slot is not known to be older: it was left as it is. */
        KEPT,
        /** Exactly this candle was there already. */
        SAME,
        /** It is older than everything that the cache keeps of the series: it was not written. */
        TRIMMED
    }

    /** The slots of a series that open at {@code from} or later, and before {@code to}, in epoch milliseconds. */
    record SeriesWindow(SeriesKey series, long from, long to) {}

    /** Candles of one series; no two of one slot. */
    record SeriesCandles(SeriesKey series, List<Candle> candles) {}

    /**
     * What stands in the cache at an open time.
     *
     * @param candle {@code null} where it cannot be read
     * @param unreadable why it cannot be; {@code null} where it can
     */
    record CachedCandle(
            long openTime,
            @Nullable Candle candle,
            @Nullable String unreadable) {}
}
