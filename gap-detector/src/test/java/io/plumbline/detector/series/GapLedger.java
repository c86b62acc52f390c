package io.plumbline.detector.series;

import io.plumbline.topics.record.SeriesEvent;
import io.plumbline.topics.record.Timeframe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a reader of the events knows: which slots of a series are missing. */
public final class GapLedger {

    /** Consecutive slots. */
    public record Run(long first, long last) {

        public long length() {
            return last - first + 1;
        }
    }

    private final Timeframe timeframe;
    private final SortedSet<Long> missing = new TreeSet<>();

    public GapLedger(Timeframe timeframe) {
        this.timeframe = timeframe;
    }

    public GapLedger read(Collection<? extends SeriesEvent> events) {
        events.forEach(this::read);
        return this;
    }

    public SortedSet<Long> missing() {
        return missing;
    }

    public List<Run> gaps() {
        return runs(missing);
    }

    /** How many gaps there are of each length. */
    public SortedMap<Long, Long> lengths() {
        SortedMap<Long, Long> lengths = new TreeMap<>();
        gaps().forEach(gap -> lengths.merge(gap.length(), 1L, Long::sum));
        return lengths;
    }

    static List<Run> runs(SortedSet<Long> slots) {
        List<Run> runs = new ArrayList<>();
        for (long slot : slots) {
            int last = runs.size() - 1;
            if (last >= 0 && runs.get(last).last() == slot - 1) {
                runs.set(last, new Run(runs.get(last).first(), slot));
            } else {
                runs.add(new Run(slot, slot));
            }
        }
        return runs;
    }

    private void read(SeriesEvent event) {
        switch (event) {
            case SeriesEvent.GapFound gap -> {
                for (long slot = slot(gap.first()); slot <= slot(gap.last()); slot++) {
                    missing.add(slot);
                }
            }
            case SeriesEvent.SlotArrived arrived -> missing.remove(slot(arrived.openTime()));
            case SeriesEvent.Mislabelled other -> {
                // says nothing about slots
            }
            case SeriesEvent.Active other -> {
                // nor does this
            }
            case SeriesEvent.Held other -> {
                // nor this
            }
        }
    }

    private long slot(Instant openTime) {
        return timeframe.slotOf(openTime.toEpochMilli());
    }
}
