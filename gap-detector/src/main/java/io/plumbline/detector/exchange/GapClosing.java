package io.plumbline.detector.exchange;

import io.plumbline.detector.runs.CandleCounters;
import io.plumbline.topics.record.Gap;
import io.plumbline.topics.record.RunEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said about a gap, open or closed. */
final class GapClosing {

    private GapClosing() {}

    static Gap.Status status(OpenGap gap) {
        if (gap.open() > 0) {
            return Gap.Status.OPEN;
        }
        if (gap.settled().missing() == gap.slots()) {
            return Gap.Status.FAILED;
        }
        if (gap.settled().missing() > 0) {
            return Gap.Status.PARTLY_FILLED;
        }
        return gap.settled().verifiedEmpty() == gap.slots() ? Gap.Status.VERIFIED_EMPTY : Gap.Status.FILLED;
    }

    static Gap record(OpenGap gap, Gap.Silence silence, @Nullable Instant closedAt) {
        return new Gap(
                gap.runId(),
                gap.series(),
                gap.name().first(),
                gap.name().last(),
                silence,
                status(gap),
                Instant.ofEpochMilli(gap.foundAt()),
                closedAt,
                gap.slots(),
                gap.settled().filled(),
                gap.settled().verifiedEmpty(),
                gap.settled().arrived(),
                gap.settled().missing() + gap.open(),
                gap.reason());
    }

    /** @param isNewOutage whether it was an outage that its run has not counted yet */
    static RunEvent.CaseSettled event(OpenGap gap, boolean isNewOutage) {
        Map<String, Long> counters = new HashMap<>();
        counters.put(CandleCounters.CANDLES_FILLED, gap.settled().filled());
        counters.put(CandleCounters.VERIFIED_EMPTY, gap.settled().verifiedEmpty());
        counters.put(CandleCounters.SLOTS_PRESENT, gap.settled().arrived());
        counters.put(CandleCounters.STILL_MISSING, gap.settled().missing());
        counters.put(CandleCounters.OUTAGES, isNewOutage ? 1L : 0L);
        counters.put(kind(status(gap)), 1L);
        if (gap.continuous()) {
            // Of a scan's gap these were counted when it was found.
            counters.put(CandleCounters.SLOTS_EXPECTED, gap.slots());
            counters.put(CandleCounters.SLOTS_MISSING, gap.slots());
            counters.put(CandleCounters.GAPS_FOUND, 1L);
        }
        counters.values().removeIf(count -> count == 0);
        return new RunEvent.CaseSettled(gap.runId(), gap.name().entity(), counters, note(gap, isNewOutage));
    }

    private static @Nullable String note(OpenGap gap, boolean isNewOutage) {
        List<String> notes = new ArrayList<>();
        if (isNewOutage) {
            notes.add("outage: nothing of %s came from %s on"
                    .formatted(gap.series().exchange(), gap.name().first()));
        }
        if (gap.reason() != null) {
            notes.add("gap not filled: " + gap.reason());
        }
        return notes.isEmpty() ? null : String.join("; ", notes);
    }

    private static String kind(Gap.Status status) {
        return switch (status) {
            case FILLED -> CandleCounters.GAPS_FILLED;
            case VERIFIED_EMPTY -> CandleCounters.GAPS_VERIFIED_EMPTY;
            case PARTLY_FILLED -> CandleCounters.GAPS_PARTLY_FILLED;
            case FAILED -> CandleCounters.GAPS_FAILED;
            case OPEN -> throw new IllegalArgumentException("the gap is open");
        };
    }
}
