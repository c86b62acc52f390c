package io.plumbline.detector.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.stores.cache.ScannedSeries;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Work;
import io.plumbline.topics.record.Work.ExpectedSlots;
import io.plumbline.topics.record.WorkAnswer;
import io.plumbline.topics.record.WorkCommand;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScanTallyTest {

    private static final long FIRST = 1_000;

    @Property(tries = 300)
    void shouldFindEverySlotOnceWhenAScanIsAnsweredInPieces(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int mostGaps) {
        Random random = new Random(seed);
        Map<SeriesKey, Set<Long>> missing = new HashMap<>();
        List<ExpectedSlots> series = new ArrayList<>();
        long expected = 0;
        for (int i = 0; i <= random.nextInt(4); i++) {
            SeriesKey key = new SeriesKey("sim", "S" + i, "1m");
            long last = FIRST + random.nextInt(30);
            Set<Long> lacking = new HashSet<>();
            Set<Long> empty = new HashSet<>();
            for (long slot = FIRST; slot <= last; slot++) {
                int fate = random.nextInt(4);
                if (fate == 0) {
                    lacking.add(slot);
                } else if (fate == 1) {
                    empty.add(slot);
                }
            }
            missing.put(key, lacking);
            series.add(new ExpectedSlots(key, FIRST, last, SlotRange.of(empty), List.of()));
            expected += last - FIRST + 1 - empty.size();
        }

        Map<String, Long> counters = new HashMap<>();
        Set<String> gaps = new HashSet<>();
        Deque<Work> work = new ArrayDeque<>(List.of(new Work.ScanCache(true, series)));
        while (!work.isEmpty()) {
            Work.ScanCache piece = (Work.ScanCache) work.remove();
            ScanTally tally = new ScanTally(mostGaps);
            piece.series()
                    .forEach(slots -> tally.add(slots, scanned(slots, missing.getOrDefault(slots.series(), Set.of()))));
            WorkAnswer answer = tally.answer(command(piece), piece.thorough());
            assertThat(answer.suspects()).hasSizeLessThanOrEqualTo(mostGaps);
            answer.suspects()
                    .forEach(gap -> assertThat(gaps.add(gap.entity().text())).isTrue());
            answer.counters().forEach((name, count) -> counters.merge(name, count, Long::sum));
            work.addAll(answer.next());
        }

        long lacking = missing.values().stream().mapToLong(Set::size).sum();
        int runs = missing.values().stream()
                .mapToInt(slots -> SlotRange.of(slots).size())
                .sum();
        assertThat(counters)
                .containsEntry("series_scanned", (long) series.size())
                .containsEntry("slots_expected", expected)
                .containsEntry("slots_missing", lacking)
                .containsEntry("slots_present", expected - lacking);
        assertThat(gaps).hasSize(runs);
    }

    @Test
    void shouldCountEverySeriesThatTheCacheRefusesAndTellSome() {
        ScanTally tally = new ScanTally(10);
        List<ExpectedSlots> asked = LongStream.range(0, 30)
                .mapToObj(i -> new ExpectedSlots(new SeriesKey("sim", "S" + i, "1m"), 1, 9, List.of(), List.of()))
                .toList();

        asked.forEach(slots -> tally.add(slots, scanned(slots.series(), Set.of(), "WRONGTYPE")));
        WorkAnswer answer = tally.answer(command(new Work.ScanCache(false, asked)), false);

        assertThat(answer.counters())
                .containsEntry("series_refused", 30L)
                .containsEntry("series_scanned", 0L)
                .containsEntry("slots_expected", 0L);
        assertThat(answer.unreadable())
                .hasSize(20)
                .allSatisfy(one -> assertThat(one.reason()).isEqualTo("the cache refused: WRONGTYPE"));
    }

    private static ScannedSeries scanned(ExpectedSlots slots, Set<Long> missing) {
        Set<Long> within = new HashSet<>(missing);
        within.removeIf(slot -> slot < slots.first() || slot > slots.last());
        return scanned(slots.series(), within, null);
    }

    private static ScannedSeries scanned(SeriesKey series, Set<Long> missing, @Nullable String refused) {
        return new ScannedSeries(
                series,
                0,
                0,
                0,
                missing.stream().sorted().toList(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                refused);
    }

    private static WorkCommand command(Work work) {
        return new WorkCommand("run-1", "exchange:sim", "scan", "sim", 3, 1, Instant.MAX, work);
    }
}
