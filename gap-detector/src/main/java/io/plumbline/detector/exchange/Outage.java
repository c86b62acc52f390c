package io.plumbline.detector.exchange;

import io.plumbline.topics.record.SlotRange;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * A time in which nothing of an exchange was alive, as far as gaps have shown it.
 *
 * @param minutes since the epoch
 * @param runs that have counted it
 */
record Outage(SlotRange minutes, Set<String> runs) {

    Outage {
        runs = Set.copyOf(runs);
    }

    /** Whether both are one: no minute is between them. */
    boolean touches(SlotRange other) {
        return minutes.first() <= other.last() + 1 && other.first() <= minutes.last() + 1;
    }

    /** That minutes, and all of these outages, as one that a run has counted. */
    static Outage of(SlotRange minutes, Collection<Outage> parts, String run) {
        long first = minutes.first();
        long last = minutes.last();
        Set<String> runs = new TreeSet<>(Set.of(run));
        for (Outage part : parts) {
            first = Math.min(first, part.minutes.first());
            last = Math.max(last, part.minutes.last());
            runs.addAll(part.runs);
        }
        return new Outage(new SlotRange(first, last), runs);
    }
}
