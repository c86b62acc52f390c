package io.plumbline.local.demo;

import io.plumbline.stores.CandleCache;
import io.plumbline.stores.CandleCache.CachedCandle;
import io.plumbline.stores.CandleCache.SeriesWindow;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Timeframe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds what the cache has of a series against what the exchange has: slot by slot, no more and no less. */
public final class CandleAudit {

    private CandleAudit() {}

    /**
     * What is not as it has to be; empty where all is.
     *
     * @param truth the exchange's candles by open time
     */
    public static List<String> errors(CandleCache cache, SeriesKey series, Map<Long, Candle> truth, SlotRange window) {
        Timeframe timeframe = Timeframe.parse(series.timeframe());
        SeriesWindow asked =
                new SeriesWindow(series, timeframe.openTimeOf(window.first()), timeframe.openTimeOf(window.last() + 1));
        Map<Long, Candle> left = new HashMap<>(truth);
        List<String> errors = new ArrayList<>();
        for (CachedCandle cached : cache.candles(List.of(asked)).getFirst()) {
            Candle expected = left.remove(cached.openTime());
            String problem = problem(cached, expected, truth.containsKey(cached.openTime()));
            if (problem != null) {
                errors.add(at(series, cached.openTime()) + problem);
            }
        }
        left.keySet().forEach(openTime -> errors.add(at(series, openTime) + "is not in the cache"));
        return errors;
    }

    /** How many of the exchange's candles the cache has as they are. */
    static long there(CandleCache cache, SeriesKey series, Map<Long, Candle> truth) {
        List<SeriesWindow> asked = truth.keySet().stream()
                .map(openTime -> new SeriesWindow(series, openTime, openTime + 1))
                .toList();
        return cache.candles(asked).stream()
                .flatMap(List::stream)
                .filter(cached -> problem(cached, truth.get(cached.openTime()), true) == null)
                .count();
    }

    private static @Nullable String problem(CachedCandle cached, @Nullable Candle expected, boolean known) {
        if (expected == null) {
            return known ? "is twice in the cache" : "is in the cache, but not at the exchange";
        }
        Candle candle = cached.candle();
        return candle == null || !isSame(candle, expected) ? "is not the exchange's: " + candle : null;
    }

    /** Whether both say the same of their slot; sequence and origin are the cache's own. */
    private static boolean isSame(Candle one, Candle other) {
        return one.open().compareTo(other.open()) == 0
                && one.high().compareTo(other.high()) == 0
                && one.low().compareTo(other.low()) == 0
                && one.close().compareTo(other.close()) == 0
                && one.volume().compareTo(other.volume()) == 0;
    }

    private static String at(SeriesKey series, long openTime) {
        return series.text() + " of " + Instant.ofEpochMilli(openTime) + " ";
    }
}
