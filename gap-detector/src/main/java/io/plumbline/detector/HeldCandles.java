package io.plumbline.detector;

import io.plumbline.detector.series.CandleBytes;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Timeframe;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The closed candles of a task's series, for a while after the end of their slots.
 *
 * <ol>
 *   <li>Each series has a ring of as many places as slots are held, and one more; a slot's place is its number's remainder.
 *       A candle takes the place of the one that is forgotten by it, so that what is held follows the time it is to be
 *       held and not how long the task has run.
 *   <li>A slot that is missing has its place emptied, so that a series that has ended holds nothing in the end.
 *   <li>No place goes back to an older slot.
 * </ol>
 */
final class HeldCandles {

    static final String STORE = "held-candles";

    private final KeyValueStore<Bytes, byte[]> store;
    private final long hold;
    private long newest = Long.MIN_VALUE;

    HeldCandles(ProcessorContext<String, Object> context, Duration hold) {
        this.store = context.getStateStore(STORE);
        this.hold = hold.toMillis();
    }

    /** Not cached: the candles of a transaction are mostly of many series, and a cache then costs more than it spares. */
    static StoreBuilder<?> builder(StoreSuppliers keptIn) {
        return Stores.keyValueStoreBuilder(keptIn.keyValue(STORE), Serdes.Bytes(), Serdes.ByteArray());
    }

    /**
     * Holds the first candle of its slot.
     *
     * @param isNewest whether no later slot of the series can be held
     */
    void hold(KnownSeries series, Candle candle, boolean isNewest) {
        long end = endOf(series, candle);
        if (isTooOld(end)) {
            return;
        }
        newest = Math.max(newest, end);
        long slot = slotOf(series, candle);
        Bytes place = place(series, slot);
        if (isNewest || slotIn(store.get(place)) <= slot) {
            put(place, slot, candle);
        }
    }

    /** Holds another candle of a slot that had one, where it is newer. */
    void replace(KnownSeries series, Candle candle) {
        if (isTooOld(endOf(series, candle))) {
            return;
        }
        long slot = slotOf(series, candle);
        Bytes place = place(series, slot);
        byte[] held = store.get(place);
        long heldSlot = slotIn(held);
        if (heldSlot < slot || (held != null && heldSlot == slot && candle.sequence() > sequenceIn(held))) {
            put(place, slot, candle);
        }
    }

    /** These slots are missing: what is held in their places is older. */
    void passOver(KnownSeries series, SlotRange missing) {
        long last = missing.last();
        for (long slot = Math.max(missing.first(), last - places(series) + 1); slot <= last; slot++) {
            Bytes place = place(series, slot);
            byte[] held = store.get(place);
            if (held != null && slotIn(held) < slot) {
                store.delete(place);
            }
        }
    }

    /** Those of the slots' candles that are held, oldest first. */
    List<Candle> find(KnownSeries series, SlotRange slots) {
        Timeframe timeframe = series.rules().timeframe();
        List<Candle> found = new ArrayList<>();
        // The places of so many slots in a row are all of them.
        long end = Math.min(slots.last(), slots.first() + places(series) - 1);
        for (long slot = slots.first(); slot <= end; slot++) {
            byte[] held = store.get(place(series, slot));
            long heldSlot = slotIn(held);
            if (held != null && slots.contains(heldSlot) && !isTooOld(timeframe.openTimeOf(heldSlot + 1))) {
                found.add(CandleBytes.read(candleIn(held), timeframe.openTimeOf(heldSlot)));
            }
        }
        found.sort(Comparator.comparingLong(Candle::openTime));
        return found;
    }

    private void put(Bytes place, long slot, Candle candle) {
        byte[] bytes = CandleBytes.of(candle);
        store.put(
                place,
                ByteBuffer.allocate(Long.BYTES + bytes.length)
                        .putLong(slot)
                        .put(bytes)
                        .array());
    }

    private Bytes place(KnownSeries series, long slot) {
        return series.key(Math.floorMod(slot, places(series)));
    }

    private long places(KnownSeries series) {
        return Math.ceilDiv(hold, series.rules().timeframe().lengthMs()) + 1;
    }

    private boolean isTooOld(long end) {
        return newest != Long.MIN_VALUE && end <= newest - hold;
    }

    private static long slotIn(byte @Nullable [] held) {
        return held == null ? Long.MIN_VALUE : ByteBuffer.wrap(held).getLong();
    }

    private static byte[] candleIn(byte[] held) {
        byte[] candle = new byte[held.length - Long.BYTES];
        ByteBuffer.wrap(held).position(Long.BYTES).get(candle);
        return candle;
    }

    private static long sequenceIn(byte[] held) {
        return CandleBytes.sequenceOf(candleIn(held));
    }

    private static long slotOf(KnownSeries series, Candle candle) {
        return series.rules().timeframe().slotOf(candle.openTime());
    }

    private static long endOf(KnownSeries series, Candle candle) {
        return candle.openTime() + series.rules().timeframe().lengthMs();
    }
}
