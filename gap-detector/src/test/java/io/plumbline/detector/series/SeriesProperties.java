package io.plumbline.detector.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.record.SeriesEvent;
import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Timeframe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Random streams with loss, duplicates, disorder, open candles and markers, against what was really sent. The series is
 * restarted after each record.
 */
class SeriesProperties {

    private static final long BEGIN = 1_795_298_400_000L;

    /**
     * A stream.
     *
     * @param loss of how many candles in a thousand
     * @param delay how late candles come at most, in thousandths of the lateness
     */
    record World(Timeframe timeframe, Duration lateness, int slots, int loss, int delay, long seed) {

        SeriesRules rules() {
            return new SeriesRules(timeframe, lateness, timeframe.length().multipliedBy(20_000));
        }
    }

    /** A candle, or a marker. */
    private record Arrival(long at, boolean marker, long slot, boolean closed) {}

    @Property(tries = 400)
    void shouldFindTheGapsThatWereMadeAndNoOther(@ForAll("punctual") World world) {
        List<Arrival> arrivals = arrivals(world);
        SeriesUnderTest series = new SeriesUnderTest(world.rules());
        SortedSet<Long> sent = new TreeSet<>();
        long now = play(arrivals, world, series, sent);

        SortedSet<Long> lost = lost(sent, world, now);

        assertThat(series.events()).allMatch(SeriesEvent.GapFound.class::isInstance);
        assertThat(series.ledger().gaps()).isEqualTo(GapLedger.runs(lost));
        assertThat(series.slots(SlotState.MISSING)).isEqualTo(lost);
        assertThat(series.slots(SlotState.PRESENT)).isEqualTo(sent);
    }

    @Property(tries = 400)
    void shouldHoldWhatIsLostInTheEndWhenCandlesComeTooLateToo(@ForAll("tardy") World world) {
        List<Arrival> arrivals = arrivals(world);
        SeriesUnderTest series = new SeriesUnderTest(world.rules());
        SortedSet<Long> sent = new TreeSet<>();
        long now = play(arrivals, world, series, sent);

        SortedSet<Long> lost = lost(sent, world, now);

        assertThat(series.ledger().gaps()).isEqualTo(GapLedger.runs(lost));
        assertThat(series.slots(SlotState.MISSING)).isEqualTo(lost);
        assertThat(series.slots(SlotState.PRESENT)).isEqualTo(sent);
    }

    @Property(tries = 400)
    void shouldKeepWhatIsVerifiedToBeEmptyOutOfTheGapsUntilItsCandleComes(@ForAll("tardy") World world) {
        SeriesUnderTest series = new SeriesUnderTest(world.rules());
        SortedSet<Long> sent = new TreeSet<>();
        Set<Long> empty = new HashSet<>();
        Random random = new Random(world.seed() + 1);
        long proven = BEGIN;
        for (Arrival arrival : arrivals(world)) {
            int told = series.events().size();
            proven = Math.max(proven, play(arrival, world, series, sent));
            empty.removeAll(sent);
            assertThat(new GapLedger(world.timeframe())
                            .read(series.events().subList(told, series.events().size()))
                            .missing())
                    .noneMatch(empty::contains);
            if (random.nextInt(10) == 0) {
                SlotRange slots = anySlots(world, random);
                SortedSet<Long> missing = lost(sent, world, proven);
                missing.removeAll(empty);
                missing.removeIf(slot -> !slots.contains(slot));

                assertThat(series.verifyEmpty(slots)).isEqualTo(missing.size());
                empty.addAll(missing);
            }
        }
        series.pass(proven);

        SortedSet<Long> lost = lost(sent, world, proven);
        lost.removeAll(empty);
        SortedSet<Long> missing = series.ledger().missing();
        missing.removeAll(empty);
        assertThat(series.slots(SlotState.VERIFIED_EMPTY)).isEqualTo(empty);
        assertThat(series.slots(SlotState.MISSING)).isEqualTo(lost);
        assertThat(missing).isEqualTo(lost);
        assertThat(series.slots(SlotState.PRESENT)).isEqualTo(sent);
    }

    @Provide
    Arbitrary<World> punctual() {
        return worlds(Arbitraries.integers().between(0, 1_000));
    }

    @Provide
    Arbitrary<World> tardy() {
        return worlds(Arbitraries.integers().between(1_001, 50_000));
    }

    private static Arbitrary<World> worlds(Arbitrary<Integer> delay) {
        return Combinators.combine(
                        Arbitraries.of("1m", "5m", "1h", "1d", "1w").map(Timeframe::parse),
                        Arbitraries.of(Duration.ZERO, Duration.ofSeconds(10), Duration.ofMinutes(7)),
                        Arbitraries.integers().between(1, 2_500),
                        Arbitraries.of(0, 3, 50, 500, 950),
                        delay,
                        Arbitraries.longs())
                .as(World::new);
    }

    /** Plays everything in the order of arrival; gives the last marker's time. */
    private static long play(List<Arrival> arrivals, World world, SeriesUnderTest series, SortedSet<Long> sent) {
        long now = BEGIN;
        for (Arrival arrival : arrivals) {
            now = arrival.at();
            play(arrival, world, series, sent);
        }
        series.pass(now);
        return now;
    }

    /** Plays one; gives the time that it proves. */
    private static long play(Arrival arrival, World world, SeriesUnderTest series, SortedSet<Long> sent) {
        if (arrival.marker()) {
            series.pass(arrival.at());
            // A series that has not begun does not remember the time.
            return sent.isEmpty() ? BEGIN : arrival.at();
        }
        long openTime = world.timeframe().openTimeOf(arrival.slot());
        series.take(SeriesUnderTest.candle(openTime, arrival.closed()));
        if (arrival.closed()) {
            sent.add(arrival.slot());
            return world.timeframe().openTimeOf(arrival.slot() + 1);
        }
        return sent.isEmpty() ? BEGIN : openTime;
    }

    private static SlotRange anySlots(World world, Random random) {
        long first = world.timeframe().slotOf(BEGIN) + random.nextInt(world.slots() + 20) - 10;
        return new SlotRange(first, first + random.nextInt(30));
    }

    private static List<Arrival> arrivals(World world) {
        Random random = new Random(world.seed());
        Timeframe timeframe = world.timeframe();
        long first = timeframe.slotOf(BEGIN);
        long longestDelay = world.lateness().toMillis() * world.delay() / 1_000;
        List<Arrival> arrivals = new ArrayList<>();
        for (long slot = first; slot < first + world.slots(); slot++) {
            long end = timeframe.openTimeOf(slot + 1);
            if (random.nextInt(1_000) >= world.loss()) {
                int copies = random.nextInt(10) == 0 ? 2 : 1;
                for (int copy = 0; copy < copies; copy++) {
                    arrivals.add(new Arrival(end + random.nextLong(longestDelay + 1), false, slot, true));
                }
            }
            if (random.nextInt(4) == 0) {
                arrivals.add(new Arrival(end - random.nextLong(timeframe.lengthMs()), false, slot, false));
            }
            if (random.nextInt(3) == 0) {
                arrivals.add(new Arrival(end + random.nextLong(timeframe.lengthMs()), true, slot, false));
            }
        }
        arrivals.sort(Comparator.comparingLong(Arrival::at).thenComparing(Arrival::marker));
        return arrivals;
    }

    /** The oracle: what is overdue and was not sent, from the oldest slot that was. */
    private static SortedSet<Long> lost(SortedSet<Long> sent, World world, long now) {
        SortedSet<Long> lost = new TreeSet<>();
        if (!sent.isEmpty()) {
            long lateness = world.lateness().toMillis();
            for (long slot = sent.first();
                    world.timeframe().openTimeOf(slot + 1) + lateness <= now || slot <= sent.last();
                    slot++) {
                boolean overdue = world.timeframe().openTimeOf(slot + 1) + lateness <= now;
                if (overdue && !sent.contains(slot)) {
                    lost.add(slot);
                }
            }
        }
        return lost;
    }
}
