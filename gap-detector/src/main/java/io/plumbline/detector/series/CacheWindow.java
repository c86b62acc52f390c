package io.plumbline.detector.series;

import io.plumbline.detector.series.SeriesState.Span;
import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Timeframe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The time of which a scan of the cache is.
 *
 * @param from the earliest open time
 * @param to slots that are not overdue then are not expected
 */
public record CacheWindow(Instant from, Instant to) {

    /** The slots of a series that are judged, known still, and within the window; nothing where none is. */
    public Optional<SlotRange> slotsOf(SeriesState state, SeriesRules rules) {
        Span span = state.span();
        if (span == null) {
            return Optional.empty();
        }
        Timeframe timeframe = rules.timeframe();
        long opening = timeframe.slotOf(from.toEpochMilli() + timeframe.lengthMs() - 1);
        long first = Math.max(opening, Math.max(span.first(), rules.oldest(span.time())));
        long end = Math.min(span.settled(), rules.firstNotOverdue(to.toEpochMilli()));
        return first < end ? Optional.of(new SlotRange(first, end - 1)) : Optional.empty();
    }

    /** Those of the slots that are verified to be empty. */
    public static List<SlotRange> emptyOf(SlotRange slots, SlotBlocks blocks) {
        List<Long> empty = new ArrayList<>();
        for (long number = SlotBlock.numberOf(slots.first()); number <= SlotBlock.numberOf(slots.last()); number++) {
            SlotBlock block = blocks.load(number);
            if (block != null && block.count(SlotState.VERIFIED_EMPTY) > 0) {
                addEmpty(slots, number, block, empty);
            }
        }
        return SlotRange.of(empty);
    }

    private static void addEmpty(SlotRange slots, long number, SlotBlock block, List<Long> empty) {
        long begin = number * SlotBlock.SLOTS;
        for (int index = 0; index < SlotBlock.SLOTS; index++) {
            if (block.get(index) == SlotState.VERIFIED_EMPTY && slots.contains(begin + index)) {
                empty.add(begin + index);
            }
        }
    }
}
