package io.plumbline.repairer;

import io.plumbline.stores.CandleExchange;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.Timeframe;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An exchange that has these candles, of one-minute series, and answers what a test wants instead. */
final class ScriptedExchange implements CandleExchange {

    static final Timeframe MINUTE = Timeframe.parse("1m");

    final TreeMap<Long, Candle> candles = new TreeMap<>();
    final List<String> asked = new ArrayList<>();

    @Nullable
    Answer instead;

    @Override
    public List<Timeframe> timeframes() {
        return List.of(MINUTE);
    }

    @Override
    public int slotsPerRequest() {
        return 10;
    }

    @Override
    public synchronized Answer fetch(SeriesKey series, long first, long last) {
        asked.add(first + "-" + last);
        if (last - first >= slotsPerRequest()) {
            throw new IllegalArgumentException("too many slots");
        }
        return instead != null
                ? instead
                : new Answer.Candles(
                        List.copyOf(candles.subMap(first, true, last, true).values()));
    }

    @Override
    public void close() {}
}
