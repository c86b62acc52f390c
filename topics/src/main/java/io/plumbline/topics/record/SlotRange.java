package io.plumbline.topics.record;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;

/** Consecutive slots of a series by their numbers, both ends included. */
public record SlotRange(long first, long last) {

    public SlotRange {
        if (first > last) {
            throw new IllegalArgumentException("slots " + first + " to " + last + " are none");
        }
    }

    /** The fewest ranges that cover exactly these slots, ascending. */
    public static List<SlotRange> of(Collection<Long> slots) {
        List<SlotRange> ranges = new ArrayList<>();
        for (long slot : new TreeSet<>(slots)) {
            SlotRange last = ranges.isEmpty() ? null : ranges.getLast();
            if (last != null && last.last == slot - 1) {
                ranges.set(ranges.size() - 1, new SlotRange(last.first, slot));
            } else {
                ranges.add(new SlotRange(slot, slot));
            }
        }
        return ranges;
    }

    public static long size(List<SlotRange> ranges) {
        return ranges.stream().mapToLong(SlotRange::size).sum();
    }

    public long size() {
        return last - first + 1;
    }

    public boolean contains(long slot) {
        return slot >= first && slot <= last;
    }

    public LongStream slots() {
        return LongStream.rangeClosed(first, last);
    }
}
