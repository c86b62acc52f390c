package io.plumbline.detector;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.detector.series.GapLedger;
import io.plumbline.topics.record.SeriesEvent;
import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Timeframe;
import io.plumbline.topics.record.Work;
import io.plumbline.topics.record.WorkAnswer;
import io.plumbline.topics.record.WorkCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Several series at once through the topology, with loss, duplicates, disorder up to the lateness, silence, and restarts on
 * what the changelogs hold: the gaps found are those that were made, and the slots that are known to be empty those that
 * were said to be.
 */
class SeriesTopologyProperties {

    private static final Instant START = Instant.parse("2026-11-21T22:00:00Z");
    private static final Timeframe MINUTES = Timeframe.parse("1m");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private record Arrival(Instant at, int series, int minute) {}

    private record Slot(String series, long number) {}

    @Property(tries = 60)
    void shouldFindTheGapsThatWereMadeAndNoOther(
            @ForAll @IntRange(min = 1, max = 4) int series,
            @ForAll @IntRange(min = 1, max = 150) int minutes,
            @ForAll @IntRange(min = 0, max = 700) int loss,
            @ForAll long seed) {
        Random random = new Random(seed);
        List<Arrival> arrivals = arrivals(series, minutes, loss, random);
        List<SortedSet<Long>> sent = new ArrayList<>();
        for (int number = 0; number < series; number++) {
            sent.add(new TreeSet<>());
        }
        Set<Slot> empty = new HashSet<>();
        Instant end = START.plus(MINUTE.multipliedBy(minutes + 3L));

        try (DetectorUnderTest detector = new DetectorUnderTest(Path.of("target", "properties"), START)) {
            for (Arrival arrival : arrivals) {
                detector.passTo(arrival.at());
                Instant openTime = START.plus(MINUTE.multipliedBy(arrival.minute()));
                detector.write(name(arrival.series()), DetectorUnderTest.candle(openTime));
                sent.get(arrival.series()).add(MINUTES.slotOf(openTime.toEpochMilli()));
                if (random.nextInt(20) == 0) {
                    empty.addAll(verifyEmpty(detector, name(arrival.series()), random, minutes));
                }
                if (random.nextInt(40) == 0) {
                    detector.restart();
                }
            }
            detector.passTo(end);

            assertThat(detector.events()).allMatch(SeriesEvent.GapFound.class::isInstance);
            for (int number = 0; number < series; number++) {
                GapLedger found = detector.gaps(name(number));
                assertThat(found.missing()).isEqualTo(lost(sent.get(number), end));
            }
            assertThat(plannedEmpty(detector, end)).isEqualTo(empty);
        }
    }

    /** A few slots are verified to be empty, which changes nothing about what was told. Gives those that were told missing. */
    private static Set<Slot> verifyEmpty(DetectorUnderTest detector, String series, Random random, int minutes) {
        long first = MINUTES.slotOf(START.toEpochMilli()) + random.nextInt(minutes);
        SlotRange slots = new SlotRange(first, first + random.nextInt(5));
        detector.verifyEmpty(series, slots.first(), slots.last());
        return detector.gaps(series).missing().stream()
                .filter(slots::contains)
                .map(slot -> new Slot(series, slot))
                .collect(Collectors.toSet());
    }

    /** What a plan of a scan of the cache says. */
    private static Set<Slot> plannedEmpty(DetectorUnderTest detector, Instant end) {
        Work plan = new Work.PlanCacheScan(START, end, List.of(), false, 0, null);
        WorkAnswer answer = detector.plan(new WorkCommand("run", "group", "job", "exchange", 1, 1, end, plan));
        Set<Slot> empty = new HashSet<>();
        for (Work work : answer.next()) {
            for (Work.ExpectedSlots expected : ((Work.ScanCache) work).series()) {
                expected.empty().stream()
                        .flatMapToLong(SlotRange::slots)
                        .forEach(slot -> empty.add(new Slot(expected.series().text(), slot)));
            }
        }
        assertThat(answer.counters()).containsEntry("verified_empty", (long) empty.size());
        return empty;
    }

    private static List<Arrival> arrivals(int series, int minutes, int loss, Random random) {
        List<Arrival> arrivals = new ArrayList<>();
        int latest = (int) DetectorUnderTest.LATENESS.toMillis() - 1;
        for (int minute = 0; minute < minutes; minute++) {
            Instant closed = START.plus(MINUTE.multipliedBy(minute + 1L));
            for (int number = 0; number < series; number++) {
                if (random.nextInt(1_000) >= loss) {
                    for (int copies = random.nextInt(8) == 0 ? 2 : 1; copies > 0; copies--) {
                        arrivals.add(new Arrival(closed.plusMillis(random.nextInt(latest)), number, minute));
                    }
                }
            }
        }
        arrivals.sort(Comparator.comparing(Arrival::at));
        return arrivals;
    }

    /** The oracle. Markers come every second at most, and the end is far beyond the last minute's lateness. */
    private static SortedSet<Long> lost(SortedSet<Long> sent, Instant end) {
        SortedSet<Long> lost = new TreeSet<>();
        if (!sent.isEmpty()) {
            long overdue = MINUTES.slotOf(end.minus(DetectorUnderTest.LATENESS).toEpochMilli());
            for (long slot = sent.first(); slot < overdue; slot++) {
                if (!sent.contains(slot)) {
                    lost.add(slot);
                }
            }
        }
        return lost;
    }

    private static String name(int series) {
        return "exchange:S" + series + ":1m";
    }
}
