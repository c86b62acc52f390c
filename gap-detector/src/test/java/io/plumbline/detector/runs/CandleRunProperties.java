package io.plumbline.detector.runs;

import static io.plumbline.detector.runs.CandleRunsUnderTest.START;
import static io.plumbline.detector.runs.CandleRunsUnderTest.scanOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.record.AnswerStatus;
import io.plumbline.topics.record.CaseEvent;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.MissingSlots;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.Work;
import io.plumbline.topics.record.WorkAnswer;
import io.plumbline.topics.record.WorkCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * A run of candles against tasks, workers and an exchange that behave at random: answers and outcomes in any order, twice,
 * late or never. It ends once, by its deadline at the latest, and its ledger adds up to what was really said.
 */
class CandleRunProperties {

    private static final String RUN = "coinbase-candles.r";

    @Property(tries = 60)
    void shouldEndOnceWithALedgerThatAddsUp(@ForAll long seed, @ForAll boolean dryRun, @ForAll boolean silentAtLast) {
        try (CandleRunsUnderTest runs = new CandleRunsUnderTest(stateDir())) {
            Play play = new Play(runs, new Random(seed), silentAtLast);
            runs.trigger("{\"job\": \"coinbase-candles\", \"requestId\": \"r\", \"dryRun\": %s}".formatted(dryRun));
            for (int step = 0; step < 400 && !runs.report(RUN).status().isFinal(); step++) {
                play.step();
                runs.pass(Duration.ofMillis(step % 5 == 0 ? 900 : 0));
            }
            runs.pass(Duration.ofMinutes(10));
            play.lateArrivals();

            Report report = runs.report(RUN);
            assertThat(report.status().isFinal()).as("%s", report).isTrue();
            assertThat(report.violations()).isEmpty();
            assertThat(report.counters()).containsAllEntriesOf(play.expected);
            assertThat(runs.reports().stream().filter(r -> r.status().isFinal()))
                    .hasSize(1);
        }
    }

    private static Path stateDir() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "state")), "candle-runs")
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tasks, workers and the exchange, and the oracle of what they said while the run went on. */
    private static final class Play {

        private final CandleRunsUnderTest runs;
        private final Random random;
        private final boolean silentAtLast;
        private final List<WorkCommand> commands = new ArrayList<>();
        private final List<EntityKey> gaps = new ArrayList<>();
        private final List<Runnable> said = new ArrayList<>();
        private final Map<String, Long> expected = new HashMap<>();
        private int pieces;
        private int steps;

        Play(CandleRunsUnderTest runs, Random random, boolean silentAtLast) {
            this.runs = runs;
            this.random = random;
            this.silentAtLast = silentAtLast;
        }

        void step() {
            commands.addAll(runs.plans());
            commands.addAll(runs.scans());
            runs.gaps().forEach(event -> gaps.add(((CaseEvent.Suspected) event.value).entity()));
            if (silentAtLast && ++steps > 12) {
                return;
            }
            switch (random.nextInt(4)) {
                case 0, 1 -> work();
                case 2 -> settle();
                default -> again();
            }
        }

        void lateArrivals() {
            said.forEach(Runnable::run);
        }

        private void work() {
            if (commands.isEmpty()) {
                return;
            }
            WorkCommand command = commands.remove(random.nextInt(commands.size()));
            if (random.nextInt(6) == 0) {
                say(() -> runs.answer(WorkAnswer.without(command, AnswerStatus.UNAVAILABLE, "redis is away")));
            } else if (command.work() instanceof Work.PlanCacheScan plan) {
                planned(command, plan);
            } else {
                scanned(command);
            }
        }

        private void planned(WorkCommand command, Work.PlanCacheScan plan) {
            long empty = random.nextInt(3);
            List<Work> next = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                next.add(scanOf("S" + ++pieces));
            }
            if (random.nextInt(3) == 0) {
                next.add(new Work.PlanCacheScan(plan.from(), plan.to(), List.of(), false, plan.partition(), "c"));
            }
            count("verified_empty", empty);
            say(() -> runs.planned(command, empty, next.toArray(Work[]::new)));
        }

        private void scanned(WorkCommand command) {
            List<EntityKey> found = new ArrayList<>();
            long missing = 0;
            for (int i = random.nextInt(3); i > 0; i--) {
                int slots = 1 + random.nextInt(5);
                Instant first = START.minus(Duration.ofMinutes(10L * i));
                Instant last = first.plus(Duration.ofMinutes(slots - 1L));
                found.add(CandleRunsUnderTest.gap("S" + command.number(), first.toString(), last.toString()));
                missing += slots;
            }
            long present = random.nextInt(30);
            long absent = missing;
            count("series_scanned", 1);
            count("slots_present", present);
            count("slots_missing", missing);
            count("gaps_found", found.size());
            say(() -> runs.scanned(command, present, absent, found.toArray(EntityKey[]::new)));
        }

        private void settle() {
            if (gaps.isEmpty()) {
                return;
            }
            EntityKey gap = gaps.remove(random.nextInt(gaps.size()));
            long slots = MissingSlots.of(gap).slots().size();
            long filled = random.nextLong(slots + 1);
            long empty = random.nextLong(slots - filled + 1);
            long missing = slots - filled - empty;
            String outcome = missing == slots
                    ? "gaps_failed"
                    : missing > 0 ? "gaps_partly_filled" : filled > 0 ? "gaps_filled" : "gaps_verified_empty";
            count("candles_filled", filled);
            count("verified_empty", empty);
            say(() -> runs.settled(
                    RUN,
                    gap,
                    Map.of(outcome, 1L, "candles_filled", filled, "verified_empty", empty, "still_missing", missing)));
        }

        private void again() {
            if (!said.isEmpty()) {
                said.get(random.nextInt(said.size())).run();
            }
        }

        private void say(Runnable what) {
            said.add(what);
            what.run();
        }

        private void count(String counter, long count) {
            expected.merge(counter, count, Long::sum);
        }
    }
}
