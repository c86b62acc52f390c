package io.plumbline.detector.scan;

import io.plumbline.detector.runs.CandleCounters;
import io.plumbline.stores.cache.ScannedSeries;
import io.plumbline.topics.record.MissingSlots;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Suspect;
import io.plumbline.topics.record.Timeframe;
import io.plumbline.topics.record.Work;
import io.plumbline.topics.record.Work.ExpectedSlots;
import io.plumbline.topics.record.WorkAnswer;
import io.plumbline.topics.record.WorkAnswer.Unreadable;
import io.plumbline.topics.record.WorkCommand;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Adds up what a scan found, into an answer that fits into a record.
 *
 * <ol>
 *   <li>A gap is a run of slots that have no candle, or an older one than is known: these are missing, and not present.
 *   <li>What else is wrong with a series is told with its reason: all is counted, some is told.
 *   <li>Where there are more gaps than an answer holds, the slots behind the last of them are given back as work, and
 *       counted by whoever does that.
 * </ol>
 */
final class ScanTally {

    /** An answer of so many gaps has about half a million bytes. */
    static final int MOST_GAPS = 4_000;

    private static final int SAMPLE = 20;

    private final int mostGaps;
    private final Map<String, Long> counters = new HashMap<>();
    private final List<Suspect> gaps = new ArrayList<>();
    private final List<Unreadable> unreadable = new ArrayList<>();
    private final List<ExpectedSlots> rest = new ArrayList<>();

    ScanTally(int mostGaps) {
        this.mostGaps = mostGaps;
        for (String counter : List.of(
                CandleCounters.SERIES_SCANNED,
                CandleCounters.SLOTS_EXPECTED,
                CandleCounters.SLOTS_PRESENT,
                CandleCounters.SLOTS_MISSING)) {
            counters.put(counter, 0L);
        }
    }

    /** The next series, and what was found of it. */
    void add(ExpectedSlots asked, ScannedSeries found) {
        if (found.refused() != null) {
            count(CandleCounters.SERIES_REFUSED, 1);
            tell(found.series(), "the cache refused: " + found.refused());
            return;
        }
        List<SlotRange> runs = SlotRange.of(lacking(asked, found));
        int room = mostGaps - gaps.size();
        if (room == 0 && !runs.isEmpty()) {
            rest.add(asked);
            return;
        }
        runs.stream()
                .limit(room)
                .map(run -> MissingSlots.of(found.series(), run).entity())
                .forEach(gap -> gaps.add(new Suspect(gap, null)));
        long first = asked.first() + found.forgotten();
        if (runs.size() <= room) {
            count(CandleCounters.SERIES_SCANNED, 1);
            countSlots(asked, first, asked.last(), runs);
            tellOthers(found);
        } else {
            long cut = runs.get(room - 1).last();
            countSlots(asked, first, cut, runs.subList(0, room));
            rest.add(new ExpectedSlots(asked.series(), cut + 1, asked.last(), asked.empty(), asked.known()));
        }
    }

    private static Set<Long> lacking(ExpectedSlots asked, ScannedSeries found) {
        Set<Long> lacking = new TreeSet<>(found.missing());
        found.different().stream()
                .filter(slot -> asked.empty().stream().noneMatch(range -> range.contains(slot)))
                .forEach(lacking::add);
        return lacking;
    }

    private void countSlots(ExpectedSlots asked, long first, long last, List<SlotRange> lacking) {
        long empty = asked.empty().stream()
                .mapToLong(range -> Math.max(0, Math.min(last, range.last()) - Math.max(first, range.first()) + 1))
                .sum();
        long expected = last - first + 1 - empty;
        long missing = SlotRange.size(lacking);
        count(CandleCounters.SLOTS_EXPECTED, expected);
        count(CandleCounters.SLOTS_PRESENT, expected - missing);
        count(CandleCounters.SLOTS_MISSING, missing);
    }

    private static Instant opens(Timeframe timeframe, long slot) {
        return Instant.ofEpochMilli(timeframe.openTimeOf(slot));
    }

    private void tellOthers(ScannedSeries found) {
        Timeframe timeframe = Timeframe.parse(found.series().timeframe());
        tell(found.series(), found.doubled(), timeframe, "slots with more than one candle");
        tell(found.series(), found.unreadable(), timeframe, "slots with what is no candle");
        tell(
                found.series(),
                found.contradicting(),
                timeframe,
                "slots whose candle is not the one that was seen, of the same sequence: left, since neither is newer");
        if (!found.misplaced().isEmpty()) {
            tell(
                    found.series(),
                    "%d open times at which no slot of %s begins, the first at %s"
                            .formatted(
                                    found.misplaced().size(),
                                    timeframe.name(),
                                    Instant.ofEpochMilli(found.misplaced().getFirst())));
        }
    }

    private void tell(SeriesKey series, List<Long> slots, Timeframe timeframe, String what) {
        if (!slots.isEmpty()) {
            tell(series, slots.size() + " " + what + ", the first at " + opens(timeframe, slots.getFirst()));
        }
    }

    private void tell(SeriesKey series, String reason) {
        if (unreadable.size() < SAMPLE) {
            unreadable.add(new Unreadable(series.text(), reason));
        }
    }

    private void count(String counter, long by) {
        counters.merge(counter, by, Long::sum);
    }

    WorkAnswer answer(WorkCommand command, boolean thorough) {
        List<Work> next = rest.isEmpty() ? List.of() : List.of(new Work.ScanCache(thorough, rest));
        return WorkAnswer.done(command, counters, gaps, unreadable, next, null, List.of());
    }
}
