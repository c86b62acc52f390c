package io.plumbline.detector.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.detector.runs.CandleCounters;
import io.plumbline.topics.record.BackfillCommand;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.MissingSlots;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.SeriesCommand;
import io.plumbline.topics.record.SeriesEvent;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.SlotRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * A world of random gaps, trades, scans, answers in any order, faults and restarts. Whatever happens: each gap is settled
 * once, its slots add up, nothing that has traded is verified to be empty, and nothing is left over.
 */
class ExchangeProperties {

    private static final Instant START = Instant.parse("2026-01-01T10:15:00Z");
    private static final long BASE = ExchangeUnderTest.MINUTES.slotOf(START.toEpochMilli()) - 2_000;

    @Property(tries = 50)
    void shouldSettleEachGapOnceWhateverTheExchangeAnswers(@ForAll long seed) throws IOException {
        try (World world = new World(seed)) {
            for (int step = 0; step < 120; step++) {
                world.step();
            }
            world.comeToRest();
            world.check();
        }
    }

    /** What is true of a series. */
    private static final class Track {

        private final SeriesKey key;
        private final Set<Long> untraded = new HashSet<>();
        private final Set<Long> missing = new HashSet<>();
        private long end = BASE;
        private long gapFirst;

        Track(SeriesKey key) {
            this.key = key;
        }
    }

    private static final class World implements AutoCloseable {

        private final Random random;
        private final Path stateDir = Files.createTempDirectory("exchange-properties");
        private final ExchangeUnderTest exchange = new ExchangeUnderTest(stateDir, START);
        private final List<Track> tracks = new ArrayList<>();
        private final List<BackfillCommand> waiting = new ArrayList<>();
        private final Map<String, MissingSlots> scans = new HashMap<>();
        private Instant pausedUntil = Instant.EPOCH;
        private long found;
        private boolean gaveUp;

        World(long seed) throws IOException {
            random = new Random(seed);
            for (int i = 0; i <= random.nextInt(3); i++) {
                tracks.add(new Track(new SeriesKey("coinbase", "S" + i, "1m")));
            }
        }

        void step() {
            Track track = tracks.get(random.nextInt(tracks.size()));
            switch (random.nextInt(12)) {
                case 0, 1 -> gap(track);
                case 2 -> grow(track);
                case 3 -> scan(track);
                case 4 -> arrive(track);
                case 5 -> exchange.tell(new SeriesEvent.Active("coinbase", track.end - random.nextInt(50)));
                case 6 -> {
                    if (random.nextInt(5) == 0) {
                        exchange.restart();
                    }
                }
                case 7, 8 -> pass(random.nextInt(70));
                default -> answerSome();
            }
            take();
        }

        private Set<Long> untraded(SeriesKey key) {
            return tracks.stream()
                    .filter(track -> track.key.equals(key))
                    .findFirst()
                    .orElseThrow()
                    .untraded;
        }

        private void gap(Track track) {
            long first = track.end + 1 + random.nextInt(60);
            long last = first + random.nextInt(random.nextInt(10) == 0 ? 700 : 6);
            track.untraded.addAll(pick(first, last));
            track.gapFirst = first;
            find(track, first, first, last);
        }

        private void grow(Track track) {
            if (track.missing.contains(track.end)) {
                long from = track.end + 1;
                track.untraded.addAll(pick(from, from + 1));
                find(track, track.gapFirst, from, from + 1);
            }
        }

        private void find(Track track, long first, long from, long last) {
            track.end = last;
            new SlotRange(from, last).slots().forEach(track.missing::add);
            found += last - from + 1;
            exchange.found(track.key, first, from, last, first - 1);
        }

        private Set<Long> pick(long first, long last) {
            Set<Long> picked = new HashSet<>();
            new SlotRange(first, last)
                    .slots()
                    .filter(slot -> random.nextInt(3) == 0)
                    .forEach(picked::add);
            return picked;
        }

        private void scan(Track track) {
            long first = BASE + random.nextInt((int) (track.end - BASE) + 20);
            long last = first + random.nextInt(8);
            String run = "scan." + scans.size();
            scans.put(run, MissingSlots.of(track.key, new SlotRange(first, last)));
            exchange.suspected(run, track.key, first, last, Duration.ofHours(100));
        }

        private void arrive(Track track) {
            track.missing.stream().sorted().skip(random.nextInt(5)).findFirst().ifPresent(slot -> {
                if (!track.untraded.contains(slot)) {
                    exchange.tell(
                            new SeriesEvent.SlotArrived(track.key, ExchangeUnderTest.at(slot), Candle.Origin.LIVE));
                }
            });
        }

        private void pass(int seconds) {
            exchange.pass(Duration.ofSeconds(seconds));
        }

        private void answerSome() {
            if (waiting.isEmpty()) {
                return;
            }
            BackfillCommand request = waiting.remove(random.nextInt(waiting.size()));
            switch (random.nextInt(8)) {
                case 0 -> exchange.answer(Answers.nothing(request));
                case 1 -> exchange.answer(Answers.away(request));
                case 2 -> {
                    pausedUntil = exchange.now().plusSeconds(1 + random.nextInt(40));
                    exchange.answer(Answers.throttled(request, pausedUntil));
                }
                case 3 -> {
                    if (request.slots().stream()
                            .flatMap(range -> range.slots().boxed())
                            .anyMatch(untraded(request.series())::contains)) {
                        answer(request);
                    } else {
                        exchange.answer(Answers.kept(request));
                    }
                }
                case 4 -> {
                    if (random.nextInt(4) == 0) {
                        gaveUp = true;
                        exchange.answer(Answers.refused(request));
                    } else {
                        answer(request);
                    }
                }
                default -> answer(request);
            }
        }

        private void answer(BackfillCommand request) {
            Set<Long> none = untraded(request.series());
            exchange.answer(Answers.of(request, slot -> !none.contains(slot)));
        }

        /** Takes what was said meanwhile, and answers what series are asked. */
        private void take() {
            for (BackfillCommand request : exchange.takeRequests()) {
                long lowest = request.slots().getFirst().first();
                long highest = request.slots().getLast().last();
                assertThat(highest - lowest).isLessThan(300);
                if (request.held().isEmpty()) {
                    assertThat(exchange.now()).isAfterOrEqualTo(pausedUntil);
                }
                waiting.add(request);
            }
            assertThat(waiting.stream().filter(request -> request.held().isEmpty()))
                    .hasSizeLessThanOrEqualTo(ExchangeUnderTest.RULES.outstanding());
            for (SeriesCommand command : exchange.takeCommands()) {
                switch (command) {
                    case SeriesCommand.VerifiedEmpty empty ->
                        empty.slots().stream()
                                .flatMap(range -> range.slots().boxed())
                                .forEach(slot ->
                                        assertThat(untraded(empty.series())).contains(slot));
                    case SeriesCommand.FindHeld find -> held(find);
                }
            }
        }

        private void held(SeriesCommand.FindHeld find) {
            Set<Long> none = untraded(find.series());
            List<Candle> candles = find.slots().stream()
                    .flatMap(range -> range.slots().boxed())
                    .filter(slot -> !none.contains(slot) && random.nextInt(2) == 0)
                    .map(ExchangeUnderTest::candle)
                    .toList();
            long before = find.slots().getFirst().first() - 1;
            while (none.contains(before)) {
                before--;
            }
            exchange.tell(new SeriesEvent.Held(find.series(), find.slots(), candles, ExchangeUnderTest.at(before)));
            take();
        }

        /** The exchange answers everything, truly. */
        void comeToRest() {
            for (int i = 0; i < 400 && (i < 5 || isOpen()); i++) {
                take();
                List.copyOf(waiting).forEach(this::answer);
                waiting.clear();
                pass(20);
            }
        }

        private boolean isOpen() {
            return !exchange.entries(ExchangeStores.SLOTS).isEmpty()
                    || !exchange.entries(ExchangeStores.REQUESTS).isEmpty();
        }

        void check() {
            assertThat(exchange.entries(ExchangeStores.SLOTS)).isEmpty();
            assertThat(exchange.entries(ExchangeStores.GAPS)).isEmpty();
            assertThat(exchange.entries(ExchangeStores.REQUESTS)).isEmpty();
            Map<String, Integer> outcomes = new HashMap<>();
            long continuous = 0;
            for (RunEvent.CaseSettled settled : exchange.settled()) {
                long slots = MissingSlots.of(settled.entity()).slots().size();
                assertThat(sum(settled.counters())).as("%s", settled).isEqualTo(slots);
                outcomes.merge(settled.runId(), 1, Integer::sum);
                if (!scans.containsKey(settled.runId())) {
                    continuous += slots;
                    assertThat(settled.counters()).containsEntry(CandleCounters.SLOTS_EXPECTED, slots);
                }
                if (!gaveUp) {
                    assertThat(settled.counters())
                            .as("%s", settled.note())
                            .satisfiesAnyOf(
                                    counters -> assertThat(counters).doesNotContainKey(CandleCounters.STILL_MISSING),
                                    counters ->
                                            assertThat(settled.note()).containsAnyOf("503", "lack", "not believed"));
                }
            }
            assertThat(continuous).isEqualTo(found);
            scans.keySet().forEach(run -> assertThat(outcomes).containsEntry(run, 1));
        }

        private static long sum(Map<String, Long> counters) {
            return List.of(
                            CandleCounters.CANDLES_FILLED,
                            CandleCounters.VERIFIED_EMPTY,
                            CandleCounters.SLOTS_PRESENT,
                            CandleCounters.STILL_MISSING)
                    .stream()
                    .mapToLong(name -> counters.getOrDefault(name, 0L))
                    .sum();
        }

        @Override
        public void close() throws IOException {
            exchange.close();
            Files.deleteIfExists(stateDir);
        }
    }
}
