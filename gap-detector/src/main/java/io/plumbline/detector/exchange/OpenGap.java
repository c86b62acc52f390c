package io.plumbline.detector.exchange;

import io.plumbline.topics.record.MissingSlots;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.SlotRange;
import org.jspecify.annotations.Nullable;

/**
 * A gap that a run waits for: what became of its slots so far.
 *
 * @param id unique within its exchange
 * @param continuous whether it was found in the stream of candles, and not by a scan of the cache
 * @param foundAt in milliseconds since the epoch
 * @param deadline when its run gives up, in milliseconds since the epoch
 * @param arrived slots that were there after all
 * @param missing slots that were given up
 * @param reason why; {@code null} while none was
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
        long filled,
        long verifiedEmpty,
        long arrived,
        long missing,
        @Nullable String reason) {

    static OpenGap continuous(String id, String runId, SeriesKey series, SlotRange slots, long now) {
        return new OpenGap(id, runId, true, series, slots.first(), slots.last(), now, Long.MAX_VALUE, 0, 0, 0, 0, null);
    }

    static OpenGap ofScan(String id, String runId, SeriesKey series, SlotRange slots, long now, long deadline) {
        return new OpenGap(id, runId, false, series, slots.first(), slots.last(), now, deadline, 0, 0, 0, 0, null);
    }

    long slots() {
        return last - first + 1;
    }

    long open() {
        return slots() - filled - verifiedEmpty - arrived - missing;
    }

    MissingSlots name() {
        return MissingSlots.of(series, new SlotRange(first, last));
    }

    OpenGap grownTo(long newLast) {
        return new OpenGap(
                id,
                runId,
                continuous,
                series,
                first,
                newLast,
                foundAt,
                deadline,
                filled,
                verifiedEmpty,
                arrived,
                missing,
                reason);
    }

    /** Some of its slots have met their fate. */
    OpenGap settled(Fate fate, long count, @Nullable String why) {
        return new OpenGap(
                id,
                runId,
                continuous,
                series,
                first,
                last,
                foundAt,
                deadline,
                filled + (fate == Fate.FILLED ? count : 0),
                verifiedEmpty + (fate == Fate.VERIFIED_EMPTY ? count : 0),
                arrived + (fate == Fate.ARRIVED ? count : 0),
                missing + (fate == Fate.GIVEN_UP ? count : 0),
                fate == Fate.GIVEN_UP && reason == null ? why : reason);
    }
}
