package io.plumbline.reconciler.kinds;

import static io.plumbline.reconciler.kinds.RunsUnderTest.START;
import static io.plumbline.reconciler.kinds.RunsUnderTest.answer;
import static io.plumbline.reconciler.kinds.RunsUnderTest.mail;
import static io.plumbline.reconciler.kinds.RunsUnderTest.suspect;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.record.AnswerStatus;
import io.plumbline.topics.record.CaseEvent;
import io.plumbline.topics.record.CaseEvent.Decision;
import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.RepairOutcome;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.Suspect;
import io.plumbline.topics.record.Verdict;
import io.plumbline.topics.record.Work;
import io.plumbline.topics.record.WorkAnswer;
import io.plumbline.topics.record.WorkCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/**
 * A run against workers and cases that behave at random: answers and outcomes come in any order, twice, late; stores go
 * away and work fails. Whatever happens, the run ends, exactly once, and its ledger agrees with an oracle that counted
 * what was really said.
 */
class RunProperties {

    private static final List<DriftClass> DRIFTS = List.of(DriftClass.values());
    private static final String RUN = "mails-full.2026-11-21T22:00:00Z";

    @Property(tries = 40)
    void shouldEndOnceWithALedgerThatAddsUp(@ForAll long seed, @ForAll @IntRange(min = 1, max = 25) int segments) {
        try (RunsUnderTest runs = new RunsUnderTest()) {
            Play play = new Play(runs, new Random(seed), segments);
            runs.tick("mails-full", START);
            for (int step = 0; step < 3_000 && runs.ends().isEmpty(); step++) {
                play.step();
                if (step % 5 == 0) {
                    runs.pass(Duration.ofMillis(250));
                }
            }

            Report report = runs.report(RUN);
            assertThat(report.status().isFinal()).as("%s", report).isTrue();
            assertThat(report.violations()).isEmpty();
            assertThat(report.counters()).containsAllEntriesOf(play.expected);
            assertThat(report.progress()).isEqualTo(new Report.Progress(play.known, play.known, true, 0));
            play.lateArrivals();
            assertThat(runs.reports().stream().filter(r -> r.status().isFinal()))
                    .hasSize(1);
        }
    }

    /** The workers and the cases, and the oracle. */
    private static final class Play {
        private final RunsUnderTest runs;
        private final Random random;
        private final int segments;
        private final List<WorkCommand> commands = new ArrayList<>();
        private final List<WorkAnswer> answered = new ArrayList<>();
        private final List<EntityKey> suspected = new ArrayList<>();
        private final List<EntityKey> confirmed = new ArrayList<>();
        private final Map<EntityKey, Decision> decided = new HashMap<>();
        private final List<RunEvent> said = new ArrayList<>();
        private final Map<String, Long> expected = new HashMap<>();
        private int known = 1;
        private int entities;

        Play(RunsUnderTest runs, Random random, int segments) {
            this.runs = runs;
            this.random = random;
            this.segments = segments;
        }

        void step() {
            commands.addAll(runs.work());
            for (CaseEvent event : runs.caseEvents()) {
                switch (event) {
                    case CaseEvent.Suspected suspect -> suspected.add(suspect.entity());
                    case CaseEvent.Decided decision -> decided.put(decision.entity(), decision.decision());
                    case CaseEvent.Changed changed -> throw new AssertionError(changed);
                    case CaseEvent.UndoRequested undo -> throw new AssertionError(undo);
                }
            }
            switch (random.nextInt(6)) {
                case 0, 1 -> work();
                case 2 -> confirmOrClose();
                case 3, 4 -> closeDecided();
                default -> again();
            }
        }

        void lateArrivals() {
            answered.forEach(runs::answer);
            said.forEach(event -> runs.event("mails", event));
            runs.pass(Duration.ofMinutes(20));
        }

        private void work() {
            if (commands.isEmpty()) {
                return;
            }
            WorkCommand command = commands.remove(random.nextInt(commands.size()));
            WorkAnswer answer = switch (random.nextInt(8)) {
                case 0 -> WorkAnswer.without(command, AnswerStatus.UNAVAILABLE, "mongo is away");
                case 1 ->
                    WorkAnswer.without(
                            command, command.attempt() < 3 ? AnswerStatus.FAILED : AnswerStatus.UNAVAILABLE, "odd");
                default -> done(command);
            };
            answered.add(answer);
            runs.answer(answer);
        }

        private WorkAnswer done(WorkCommand command) {
            if (command.work() instanceof Work.Plan) {
                List<Work> next = new ArrayList<>();
                for (int i = 0; i < segments; i++) {
                    next.add(new Work.CompareRange(Integer.toString(i), null));
                }
                known += segments;
                return answer(command, Map.of(), List.of(), next, "p");
            }
            List<Suspect> suspects = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                suspects.add(suspect(mail(++entities)));
            }
            long matched = random.nextInt(100);
            count("checked", matched + suspects.size());
            count("matched", matched);
            return answer(
                    command,
                    Map.of("checked", matched + suspects.size(), "matched", matched),
                    suspects,
                    List.of(),
                    null);
        }

        private void confirmOrClose() {
            if (suspected.isEmpty()) {
                return;
            }
            EntityKey entity = suspected.remove(random.nextInt(suspected.size()));
            if (random.nextInt(3) == 0) {
                List<Verdict> verdicts =
                        List.of(Verdict.TRANSIENT, Verdict.UNSTABLE, Verdict.UNREADABLE, Verdict.SKIPPED);
                close(entity, verdicts.get(random.nextInt(verdicts.size())), null);
            } else {
                confirmed.add(entity);
                say(new RunEvent.CaseConfirmed(RUN, entity, drift(), List.of()));
            }
        }

        private void closeDecided() {
            if (decided.isEmpty()) {
                return;
            }
            EntityKey entity = decided.keySet().iterator().next();
            if (decided.get(entity) == Decision.RELEASE && random.nextInt(4) == 0) {
                // Contested: it is confirmed again, and must be decided again.
                decided.remove(entity);
                say(new RunEvent.CaseConfirmed(RUN, entity, drift(), List.of()));
                return;
            }
            Decision decision = Objects.requireNonNull(decided.remove(entity));
            RepairOutcome outcome = switch (decision) {
                case RELEASE -> random.nextBoolean() ? RepairOutcome.REPAIRED : RepairOutcome.FAILED;
                case HOLD -> RepairOutcome.HELD;
                case REPORT -> RepairOutcome.REPORTED;
            };
            close(entity, Verdict.of(drift()), outcome);
        }

        /** Something that was said before is said again. */
        private void again() {
            if (!answered.isEmpty()) {
                runs.answer(answered.get(random.nextInt(answered.size())));
            }
            List<RunEvent> closings = said.stream()
                    .filter(event -> event instanceof RunEvent.CaseClosed)
                    .toList();
            if (!closings.isEmpty()) {
                runs.event("mails", closings.get(random.nextInt(closings.size())));
            }
        }

        private void close(EntityKey entity, Verdict verdict, @Nullable RepairOutcome outcome) {
            count(EntityCounters.name(verdict), 1);
            if (outcome != null) {
                count(EntityCounters.name(outcome), 1);
            }
            say(new RunEvent.CaseClosed(RUN, entity, verdict, outcome, List.of(), null));
        }

        private void say(RunEvent event) {
            said.add(event);
            runs.event("mails", event);
        }

        private DriftClass drift() {
            return DRIFTS.get(random.nextInt(DRIFTS.size()));
        }

        private void count(String counter, long count) {
            expected.merge(counter, count, Long::sum);
        }
    }
}
