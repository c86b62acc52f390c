package io.plumbline.repairer;

import io.plumbline.topics.record.BackfillCommand;
import io.plumbline.topics.record.SlotRange;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The slots of a backfill command.
 *
 * @param range from the first to the last of them
 * @param asked those that are to be filled
 * @param traded those that are known to have traded
 */
record RequestedSlots(SlotRange range, Set<Long> asked, NavigableSet<Long> traded) {

    /** Of a command that names any. */
    static RequestedSlots of(BackfillCommand command) {
        Set<Long> asked =
                command.slots().stream().flatMap(part -> part.slots().boxed()).collect(Collectors.toSet());
        return new RequestedSlots(rangeOf(command), asked, new TreeSet<>(command.traded()));
    }

    /** From the first to the last slot of a command that names any. */
    static SlotRange rangeOf(BackfillCommand command) {
        long first = command.slots().stream().mapToLong(SlotRange::first).min().orElseThrow();
        long last = command.slots().stream().mapToLong(SlotRange::last).max().orElseThrow();
        return new SlotRange(first, last);
    }

    /**
     * What the exchange is asked for: the range, and the nearest slot that traded where there is none within the range,
     * and room.
     */
    SlotRange withNeighbour(int room) {
        if (!traded.subSet(range.first(), true, range.last(), true).isEmpty()) {
            return range;
        }
        Long before = traded.lower(range.first());
        Long after = traded.higher(range.last());
        boolean afterIsNearer = before == null || (after != null && after - range.last() < range.first() - before);
        if (afterIsNearer && after != null) {
            return after - range.first() < room ? new SlotRange(range.first(), after) : range;
        }
        return before != null && range.last() - before < room ? new SlotRange(before, range.last()) : range;
    }

    /** Whether one of these is known to have traded. */
    boolean hasTraded(Set<Long> slots) {
        return !Collections.disjoint(slots, traded);
    }
}
