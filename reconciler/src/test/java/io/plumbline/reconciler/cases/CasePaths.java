package io.plumbline.reconciler.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.record.AnswerStatus;
import io.plumbline.topics.record.CaseEvent;
import io.plumbline.topics.record.CaseEvent.Decision;
import io.plumbline.topics.record.CheckAnswer;
import io.plumbline.topics.record.CheckCommand;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.Look;
import io.plumbline.topics.record.RepairAnswer;
import io.plumbline.topics.record.RepairAnswer.Result;
import io.plumbline.topics.record.RepairCommand;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.RunEvent.CaseClosed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Leads the machine along one path, step by step; each step gives what it sent. */
final class CasePaths {

    static final EntityKey ENTITY = EntityKey.of("mails", "7");
    static final long START = Instant.parse("2026-11-21T22:30:00Z").toEpochMilli();
    static final String CONTINUOUS = "mails.continuous.2026-11-21T22";
    static final Instant DEADLINE = Instant.ofEpochMilli(START + 60_000);

    private final CaseMachine machine = new CaseMachine(SimulatedCase.RULES);
    private int inputs;

    @Nullable
    Case state;

    long now = START;
    List<Effect> sent = List.of();

    CasePaths at(long offset) {
        now = START + offset;
        return this;
    }

    CasePaths input(CaseInput input) {
        Step step = machine.step(ENTITY, state, input, new Moment(now, now, "c" + ++inputs));
        state = step.state();
        sent = step.effects();
        return this;
    }

    CasePaths changed() {
        return input(new CaseInput.Happened(new CaseEvent.Changed(ENTITY, "e1", 1, Instant.ofEpochMilli(now))));
    }

    CasePaths suspected(String runId, @Nullable Look look) {
        return suspected(runId, look, false);
    }

    CasePaths suspected(String runId, @Nullable Look look, boolean unpark) {
        return input(new CaseInput.Happened(new CaseEvent.Suspected(ENTITY, runId, "g", look, DEADLINE, unpark)));
    }

    CasePaths decided(String runId, Decision decision) {
        return input(new CaseInput.Happened(new CaseEvent.Decided(ENTITY, runId, decision)));
    }

    CasePaths undo(String runId) {
        return input(new CaseInput.Happened(new CaseEvent.UndoRequested(ENTITY, runId, "g", "repair-1", DEADLINE)));
    }

    /** Its due time comes. */
    CasePaths due() {
        now = there().due();
        return input(new CaseInput.Due());
    }

    CasePaths looked(Look look) {
        return answered(AnswerStatus.DONE, look, null);
    }

    CasePaths answered(AnswerStatus status, @Nullable Look look, @Nullable String reason) {
        return input(new CaseInput.Looked(new CheckAnswer(ENTITY, checkId(), status, look, reason)));
    }

    CasePaths repaired(Result result) {
        return repaired(result, null);
    }

    CasePaths repaired(Result result, @Nullable String reason) {
        return input(new CaseInput.Repaired(
                new RepairAnswer(ENTITY, repairId(), "r", result, "\"before\"", "\"after\"", "a", reason)));
    }

    /** A scan's suspect, proven. */
    CasePaths confirmed(String runId) {
        Look look = Looks.of("a", "1", "x");
        return suspected(runId, look).due().looked(look);
    }

    Case there() {
        return Objects.requireNonNull(state, "no case");
    }

    String checkId() {
        return switch (there().phase()) {
            case Phase.Checking checking -> checking.checkId();
            case Phase.Marking marking -> Objects.requireNonNull(marking.checkId());
            case Phase.Resting resting -> Objects.requireNonNull(resting.checkId());
            case Phase.Waiting w -> throw new AssertionError(w);
            case Phase.Confirmed c -> throw new AssertionError(c);
            case Phase.Repairing r -> throw new AssertionError(r);
            case Phase.Undoing u -> throw new AssertionError(u);
        };
    }

    String repairId() {
        return there().phase() instanceof Phase.Undoing undoing
                ? undoing.repairId()
                : phase(Phase.Repairing.class).repairId();
    }

    <P extends Phase> P phase(Class<P> type) {
        assertThat(there().phase()).isInstanceOf(type);
        return type.cast(there().phase());
    }

    Effect.Ask asked() {
        return only(Effect.Ask.class);
    }

    CheckCommand check() {
        return asked().command();
    }

    RepairCommand repair() {
        return only(Effect.Repair.class).command();
    }

    Effect.Publish published() {
        return only(Effect.Publish.class);
    }

    List<RunEvent> told() {
        return all(Effect.Tell.class).stream().map(Effect.Tell::event).toList();
    }

    CaseClosed closed() {
        List<RunEvent> told = told();
        assertThat(told).hasSize(1).first().isInstanceOf(CaseClosed.class);
        return (CaseClosed) told.get(0);
    }

    private <E extends Effect> E only(Class<E> type) {
        List<E> all = all(type);
        assertThat(all).as("%s of %s", type.getSimpleName(), sent).hasSize(1);
        return all.get(0);
    }

    private <E extends Effect> List<E> all(Class<E> type) {
        List<E> all = new ArrayList<>();
        sent.stream().filter(type::isInstance).map(type::cast).forEach(all::add);
        return all;
    }
}
