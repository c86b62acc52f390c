package io.plumbline.detector;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Which series of one task may have an overdue slot, in memory. A series stands in it once, with a time before which
 * nothing of it is overdue: a candle moves the true time on without touching the entry, which is looked at again when it
 * comes up.
 */
final class OverdueSeries {

    private record Entry(long notBefore, KnownSeries series) implements Comparable<Entry> {

        @Override
        public int compareTo(Entry other) {
            return Long.compare(notBefore, other.notBefore);
        }
    }

    private final PriorityQueue<Entry> entries = new PriorityQueue<>();

    /** Nothing is overdue before. */
    long earliest() {
        Entry first = entries.peek();
        return first == null ? Long.MAX_VALUE : first.notBefore();
    }

    /** Enters a series that does not stand in it; gives whether it did not. */
    boolean enter(KnownSeries series, long notBefore) {
        if (series.isWatched) {
            return false;
        }
        series.isWatched = true;
        entries.add(new Entry(notBefore, series));
        return true;
    }

    /** Takes out the series of which something may be overdue at a time. */
    List<KnownSeries> takeUpTo(long at) {
        List<KnownSeries> taken = new ArrayList<>();
        while (earliest() <= at) {
            KnownSeries series = entries.remove().series();
            series.isWatched = false;
            taken.add(series);
        }
        return taken;
    }

    int size() {
        return entries.size();
    }
}
