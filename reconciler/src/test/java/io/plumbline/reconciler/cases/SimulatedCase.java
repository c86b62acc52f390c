package io.plumbline.reconciler.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.reconciler.cases.SimulatedWorld.Reading;
import io.plumbline.runtime.Backoff;
import io.plumbline.topics.record.AnswerStatus;
import io.plumbline.topics.record.CaseEvent;
import io.plumbline.topics.record.CaseEvent.Decision;
import io.plumbline.topics.record.CheckAnswer;
import io.plumbline.topics.record.CheckCommand;
import io.plumbline.topics.record.Drift;
import io.plumbline.topics.record.Look;
import io.plumbline.topics.record.RepairCommand;
import io.plumbline.topics.record.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The machine under test within the simulated world: carries its commands to simulated workers, runs and clock, and their
 * answers back, all with delays; and asserts after each transition what must always hold.
 */
final class SimulatedCase {

    static final long GRACE = 1_000;
    static final CaseRules RULES = new CaseRules(
            "mails", "g", GRACE, 3, 3, new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1)), 2_000, 60_000);

    private static final List<AnswerStatus> STATUSES =
            List.of(AnswerStatus.DONE, AnswerStatus.UNAVAILABLE, AnswerStatus.EXPIRED, AnswerStatus.FAILED);

    private final SimulatedWorld world;
    private final CaseMachine machine = new CaseMachine(RULES);
    private final CaseSerde serde = new CaseSerde();
    private final Map<String, Reading> readings = new HashMap<>();
    private final Set<String> ids = new HashSet<>();
    private final Map<String, String> repairTargets = new HashMap<>();
    private int inputs;
    final SimulatedRepairer repairer;
    final Set<String> asked = new HashSet<>();
    final List<RunEvent> told = new ArrayList<>();
    int trouble;
    boolean alwaysRelease = true;

    @Nullable
    Case state;

    @Nullable
    Drift published;

    int confirmations;

    SimulatedCase(SimulatedWorld world) {
        this.world = world;
        this.repairer = new SimulatedRepairer(
                world, answer -> world.after(world.upTo(10), () -> input(new CaseInput.Repaired(answer))));
    }

    void event(CaseEvent event) {
        if (event instanceof CaseEvent.Suspected suspected) {
            asked.add(suspected.runId());
        } else if (event instanceof CaseEvent.UndoRequested undo) {
            asked.add(undo.runId());
        }
        input(new CaseInput.Happened(event));
    }

    /** Any run that compares the entity: its two readings are apart, in either order. */
    void scan(String runId, long deadline, boolean unpark) {
        boolean targetFirst = world.chance(50);
        String targetThen = world.target;
        String sourceThen = world.source;
        String orderThen = world.source == null ? null : Long.toString(world.order);
        world.after(world.upTo(30), () -> {
            Look look = targetFirst
                    ? world.withSource(targetThen, 0).look()
                    : new Reading(world.target, world.now, sourceThen, orderThen, 0).look();
            if (look.drift() != null) {
                Instant until = Instant.ofEpochMilli(world.now + deadline);
                event(new CaseEvent.Suspected(SimulatedWorld.ENTITY, runId, "g", look, until, unpark));
            }
        });
    }

    private void input(CaseInput input) {
        Case before = state;
        Moment moment = new Moment(world.now, world.now, "n" + ++inputs);
        Step step = machine.step(SimulatedWorld.ENTITY, before, input, moment);
        state = step.state();
        check(before, input, step);
        step.effects().forEach(this::carryOut);
        ringWhenDue();
    }

    private void ringWhenDue() {
        Case waiting = state;
        if (waiting != null) {
            long delay = Math.max(0, waiting.due() - world.now) + world.upTo(60);
            world.after(delay, () -> {
                if (state != null && state.due() == waiting.due() && state.due() <= world.now) {
                    input(new CaseInput.Due());
                }
            });
        }
    }

    private void check(@Nullable Case before, CaseInput input, Step step) {
        Case after = step.state();
        Set<String> still = new HashSet<>(waiting(after));
        List<String> released = new ArrayList<>(waiting(before));
        joining(input)
                .filter(who ->
                        runs(before).noneMatch(who::equals) && runs(after).noneMatch(who::equals))
                .forEach(released::add);
        released.removeAll(still);
        assertThat(released.stream().map(SimulatedCase::run).sorted())
                .as("whoever waits no more was told the outcome, once: %s", step)
                .containsExactlyElementsOf(closed(step).sorted().toList());
        if (after != null) {
            assertThat(after.due()).as("something will happen").isGreaterThan(0);
            byte[] bytes = serde.serializer().serialize("cases", after);
            assertThat(serde.deserializer().deserialize("cases", bytes)).isEqualTo(after);
            assertThat(after.subscribers().isEmpty() || !after.isResting())
                    .as("nobody waits for a case at rest")
                    .isTrue();
        }
    }

    private static Stream<String> joining(CaseInput input) {
        if (!(input instanceof CaseInput.Happened happened)) {
            return Stream.of();
        }
        return switch (happened.event()) {
            case CaseEvent.Suspected suspected -> Stream.of(suspected.runId());
            case CaseEvent.UndoRequested undo -> Stream.of(undo.runId());
            case CaseEvent.Changed changed -> Stream.of();
            case CaseEvent.Decided decided -> Stream.of();
        };
    }

    /** Who waits: runs and undos, each of one case. */
    private static List<String> waiting(@Nullable Case state) {
        return runs(state)
                .map(run -> run + "@" + Objects.requireNonNull(state).id())
                .toList();
    }

    private static String run(String waiting) {
        int at = waiting.indexOf('@');
        return at < 0 ? waiting : waiting.substring(0, at);
    }

    private static Stream<String> runs(@Nullable Case state) {
        if (state == null) {
            return Stream.of();
        }
        Stream<String> undos = state.undos().stream().map(UndoOrder::runId);
        Stream<String> undoing = state.phase() instanceof Phase.Undoing phase
                ? Stream.of(phase.order().runId())
                : Stream.of();
        Stream<String> runs = state.subscribers().stream().map(Subscriber::runId);
        return Stream.of(undos, undoing, runs).flatMap(each -> each);
    }

    private static Stream<String> closed(Step step) {
        return step.effects().stream()
                .filter(Effect.Tell.class::isInstance)
                .map(effect -> ((Effect.Tell) effect).event())
                .filter(RunEvent.CaseClosed.class::isInstance)
                .map(RunEvent::runId);
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.Ask ask -> {
                assertThat(ids.add(ask.command().checkId()))
                        .as("check ids are unique")
                        .isTrue();
                world.after(1 + world.upTo(40), () -> look(ask.command()));
            }
            case Effect.Repair repair -> {
                RepairCommand command = repair.command();
                String what = command.runId() + "/" + command.undoes();
                assertThat(Objects.requireNonNullElse(repairTargets.putIfAbsent(command.repairId(), what), what))
                        .as("one repair per id")
                        .isEqualTo(what);
                world.after(1 + world.upTo(40), () -> repairer.repair(command));
            }
            case Effect.Publish publish -> publish(publish.drift());
            case Effect.Tell tell -> hear(tell.event());
        }
    }

    private void publish(@Nullable Drift drift) {
        published = drift;
        if (drift != null && drift.state().equals("confirmed")) {
            confirmations++;
            Reading proof = Objects.requireNonNull(readings.get(Objects.requireNonNull(lastLook)));
            assertThat(world.isExplained(proof)).as("a false drift: %s", proof).isFalse();
            assertThat(Objects.equals(proof.source(), proof.target())).isFalse();
        }
    }

    private @Nullable String lastLook;

    /** The worker: the target first, then the source. */
    private void look(CheckCommand command) {
        if (world.chance(trouble)) {
            AnswerStatus status = STATUSES.get((int) world.upTo(STATUSES.size()));
            if (status != AnswerStatus.DONE) { // else the answer is lost
                answer(new CheckAnswer(command.entity(), command.checkId(), status, null, "simulated"));
            }
            return;
        }
        String target = world.target;
        long targetAt = world.now;
        world.after(world.upTo(10), () -> {
            Reading reading = world.withSource(target, targetAt);
            readings.put(command.checkId(), reading);
            Look look = command.failure() == null ? reading.look() : null;
            CheckAnswer answer = new CheckAnswer(command.entity(), command.checkId(), AnswerStatus.DONE, look, null);
            answer(answer);
            if (world.chance(trouble)) {
                answer(answer);
            }
        });
    }

    private void answer(CheckAnswer answer) {
        world.after(world.upTo(10), () -> {
            lastLook = answer.checkId();
            input(new CaseInput.Looked(answer));
        });
    }

    /** The run: decides what is confirmed, or dies before it does. */
    private void hear(RunEvent event) {
        told.add(event);
        if (event instanceof RunEvent.CaseConfirmed && !world.chance(trouble / 2)) {
            List<Decision> decisions = List.of(Decision.RELEASE, Decision.HOLD, Decision.REPORT);
            Decision decision = alwaysRelease ? Decision.RELEASE : decisions.get((int) world.upTo(decisions.size()));
            world.after(
                    world.upTo(200),
                    () -> event(new CaseEvent.Decided(SimulatedWorld.ENTITY, event.runId(), decision)));
        }
    }

    boolean isSettled() {
        return state == null || state.isResting();
    }

    long outcomes(String runId) {
        return told.stream()
                .filter(event ->
                        event instanceof RunEvent.CaseClosed && event.runId().equals(runId))
                .count();
    }
}
