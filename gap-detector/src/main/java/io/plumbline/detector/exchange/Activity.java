package io.plumbline.detector.exchange;

import io.plumbline.topics.record.Gap.Silence;
import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Timeframe;
import java.time.Duration;
import java.util.BitSet;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * In which minutes the feeds of a task's exchanges were alive: a bitmap per exchange and 1,024 minutes, kept for the
 * retention.
 */
final class Activity {

    private static final int MINUTES = 1_024;
    private static final long MINUTE_MS = Duration.ofMinutes(1).toMillis();

    private final KeyValueStore<String, byte[]> store;
    private final long keptBlocks;

    Activity(KeyValueStore<String, byte[]> store, Duration retention) {
        this.store = store;
        this.keptBlocks = retention.toMinutes() / MINUTES + 2;
    }

    void alive(String exchange, long minute) {
        String key = key(exchange, Math.floorDiv(minute, MINUTES));
        byte[] known = store.get(key);
        BitSet minutes = known == null ? new BitSet(MINUTES) : BitSet.valueOf(known);
        minutes.set(Math.floorMod(minute, MINUTES));
        store.put(key, minutes.toByteArray());
        if (known == null) {
            store.delete(key(exchange, Math.floorDiv(minute, MINUTES) - keptBlocks));
        }
    }

    /** Whose silence a gap was: the exchange's, where nothing of it was alive from its first slot's opening to its last's end. */
    Silence silence(OpenGap gap) {
        SlotRange minutes = minutes(gap);
        for (long minute = minutes.first(); minute <= minutes.last(); minute = nextBlock(minute)) {
            byte[] known = store.get(key(gap.series().exchange(), Math.floorDiv(minute, MINUTES)));
            int next = known == null ? -1 : BitSet.valueOf(known).nextSetBit(Math.floorMod(minute, MINUTES));
            if (next >= 0 && minute - Math.floorMod(minute, MINUTES) + next <= minutes.last()) {
                return Silence.QUIET;
            }
        }
        return Silence.OUTAGE;
    }

    /** The minutes that a gap reaches over, since the epoch. */
    static SlotRange minutes(OpenGap gap) {
        Timeframe timeframe = Timeframe.parse(gap.series().timeframe());
        return new SlotRange(
                Math.floorDiv(timeframe.openTimeOf(gap.first()), MINUTE_MS),
                Math.floorDiv(timeframe.openTimeOf(gap.last() + 1) - 1, MINUTE_MS));
    }

    private static long nextBlock(long minute) {
        return (Math.floorDiv(minute, MINUTES) + 1) * MINUTES;
    }

    private static String key(String exchange, long block) {
        return exchange + "/" + block;
    }
}
