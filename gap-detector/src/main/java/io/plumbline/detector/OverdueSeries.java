package io.plumbline.detector;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Which series of one task may have an overdue slot, in memory. A series stands in it once, with a time before which
 * nothing of it is overdue: a candle moves the true time on without touching the entry, which is looked at again when it
 * comes up.
 */
final class OverdueSeries {

    private record Entry(long notBefore, String series) implements Comparable<Entry> {

        @Override
        public int compareTo(Entry other) {
            return Long.compare(notBefore, other.notBefore);
        }
    }

    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private final Set<String> known = new HashSet<>();

    /** Nothing is overdue before. */
    long earliest() {
        Entry first = entries.peek();
        return first == null ? Long.MAX_VALUE : first.notBefore();
    }

    /** Enters a series that does not stand in it; gives whether it did not. */
    boolean enter(String series, long notBefore) {
        boolean entered = known.add(series);
        if (entered) {
            entries.add(new Entry(notBefore, series));
        }
        return entered;
    }

    /** Takes out the series of which something may be overdue at a time. */
    List<String> takeUpTo(long at) {
        List<String> taken = new ArrayList<>();
        while (earliest() <= at) {
            String series = entries.remove().series();
            known.remove(series);
            taken.add(series);
        }
        return taken;
    }

    int size() {
        return known.size();
    }
}
