package io.plumbline.detector.exchange;

import io.plumbline.topics.record.MissingSlots;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Trace;
import org.jspecify.annotations.Nullable;

/**
 * A gap that a run waits for: what became of its slots so far.
 *
 * @param id unique within its exchange
 * @param continuous whether it was found in the stream of candles, and not by a scan of the cache
 * @param foundAt in milliseconds since the epoch
 * @param deadline when its run gives up, in milliseconds since the epoch
 * @param settled those of its slots that are not open any more
 * @param reason why some were given up; {@code null} while none was
 * @param trace what its run is followed by, where somebody asked for that run
 */
record OpenGap(
        String id,
        String runId,
        boolean continuous,
        SeriesKey series,
        long first,
        long last,
        long foundAt,
        long deadline,
        SlotCounts settled,
        @Nullable String reason,
        @Nullable Trace trace) {

    static OpenGap continuous(String id, String runId, SeriesKey series, SlotRange slots, long now) {
        return new OpenGap(
                id, runId, true, series, slots.first(), slots.last(), now, Long.MAX_VALUE, SlotCounts.NONE, null, null);
    }

    static OpenGap ofScan(
            String id,
            String runId,
            SeriesKey series,
            SlotRange slots,
            long now,
            long deadline,
            @Nullable Trace trace) {
        return new OpenGap(
                id, runId, false, series, slots.first(), slots.last(), now, deadline, SlotCounts.NONE, null, trace);
    }

    long slots() {
        return last - first + 1;
    }

    long open() {
        return slots() - settled.all();
    }

    MissingSlots name() {
        return MissingSlots.of(series, new SlotRange(first, last));
    }

    OpenGap grownTo(long newLast) {
        return new OpenGap(id, runId, continuous, series, first, newLast, foundAt, deadline, settled, reason, trace);
    }

    /** Some of its slots have met their fate. */
    OpenGap settled(Fate fate, long count, @Nullable String why) {
        String newReason = fate == Fate.GIVEN_UP && reason == null ? why : reason;
        return new OpenGap(
                id,
                runId,
                continuous,
                series,
                first,
                last,
                foundAt,
                deadline,
                settled.plus(fate, count),
                newReason,
                trace);
    }
}
