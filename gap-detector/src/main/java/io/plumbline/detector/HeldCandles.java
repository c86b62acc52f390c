package io.plumbline.detector;

import io.plumbline.detector.series.CandleBytes;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Timeframe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/**
 * The closed candles of a task's series, for a while after the end of their slots. The store forgets by whole segments, so
 * that what it holds follows the time it is told to hold and not how long it has run; it is not cached, because each
 * candle is written once.
 */
final class HeldCandles {

    static final String STORE = "held-candles";

    private final WindowStore<String, byte[]> store;
    private final long hold;
    private long newest = Long.MIN_VALUE;

    HeldCandles(ProcessorContext<String, Object> context, Duration hold) {
        this.store = context.getStateStore(STORE);
        this.hold = hold.toMillis();
    }

    static StoreBuilder<?> builder(StoreSuppliers keptIn, Duration hold) {
        return Stores.windowStoreBuilder(keptIn.window(STORE, hold), Serdes.String(), Serdes.ByteArray());
    }

    /** Holds the first candle of its slot, which spares looking for another. */
    void hold(KnownSeries series, Candle candle) {
        long end = endOf(series, candle);
        if (!isTooOld(end)) {
            newest = Math.max(newest, end);
            store.put(series.key().text(), CandleBytes.of(candle), end);
        }
    }

    /** Holds another candle of a slot that had one, where it is newer. */
    void replace(KnownSeries series, Candle candle) {
        long end = endOf(series, candle);
        if (!isTooOld(end)) {
            byte[] held = store.fetch(series.key().text(), end);
            if (held == null || candle.sequence() > CandleBytes.sequenceOf(held)) {
                hold(series, candle);
            }
        }
    }

    /** Those of the slots' candles that are held, oldest first. */
    List<Candle> find(KnownSeries series, SlotRange slots) {
        Timeframe timeframe = series.rules().timeframe();
        List<Candle> found = new ArrayList<>();
        long from = timeframe.openTimeOf(slots.first() + 1);
        long to = timeframe.openTimeOf(slots.last() + 1);
        try (WindowStoreIterator<byte[]> held = store.fetch(series.key().text(), from, to)) {
            while (held.hasNext()) {
                KeyValue<Long, byte[]> one = held.next();
                found.add(CandleBytes.read(one.value, one.key - timeframe.lengthMs()));
            }
        }
        return found;
    }

    private boolean isTooOld(long end) {
        return newest != Long.MIN_VALUE && end <= newest - hold;
    }

    private static long endOf(KnownSeries series, Candle candle) {
        return candle.openTime() + series.rules().timeframe().lengthMs();
    }
}
