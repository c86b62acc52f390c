package io.plumbline.reconciler.cases;

import io.plumbline.reconciler.cases.Standing.State;
import io.plumbline.topics.record.CheckCommand;
import io.plumbline.topics.record.OutboxRow;
import io.plumbline.topics.record.RepairCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a case asks of those who reach the stores, each under an id of its own and with a deadline. */
final class Commands {

    /** A command of the fast way may wait this long in its queue, beyond the time that a store may be away. */
    static final long PATIENCE = Duration.ofMinutes(2).toMillis();
    /** An answer that is not there so long after its command's deadline is not coming. */
    static final long MARGIN = Duration.ofSeconds(30).toMillis();

    private final Move move;

    Commands(Move move) {
        this.move = move;
    }

    /** Asks for a look at both stores. It will see all changes that have been heard of so far. */
    void look() {
        long covers = move.state().dirtySince();
        Case asking = move.state().withDirtySince(0);
        long deadline = commandDeadline(asking);
        String id = ask(asking, asking.fast(), deadline, null, List.of());
        move.become(move.state().to(new Phase.Checking(id, covers), deadline + MARGIN));
    }

    /** Asks for a look at a drift that nobody works on. */
    void lookAgainAtRest() {
        long deadline = move.now() + move.rules().runDeadline();
        String id = ask(move.state(), false, deadline, null, List.of());
        int looks = move.state().phase() instanceof Phase.Resting resting ? resting.looks() : 0;
        move.become(move.state().to(new Phase.Resting(id, looks + 1), deadline + MARGIN));
    }

    /**
     * Has the entity's outbox rows marked: with the failure, or, after a repair, by one more look, since whoever sees
     * both sides equal marks them as processed. The case ends so when that is answered.
     */
    void mark(Ending ending) {
        Case asking = move.state();
        long deadline = move.now() + move.rules().unavailableAfter() + PATIENCE;
        String why = ending.reason() == null ? ending.verdict().name() : ending.reason();
        String failure = ending.isFailure() ? why : null;
        List<OutboxRow> rows = ending.isFailure() ? asking.evidence().pending() : List.of();
        String id = ask(asking, asking.fast(), deadline, failure, rows);
        move.become(move.state().to(new Phase.Marking(id, ending), deadline + MARGIN));
    }

    /** Asks for a repair under a new id. */
    void repair() {
        move.stand(State.REPAIRING, null);
        sendRepair(newRepairId());
    }

    /** Asks for a repair, again if the id was asked for before. */
    void sendRepair(String repairId) {
        Case repairing = move.state();
        long deadline = commandDeadline(repairing);
        String run = Objects.requireNonNull(repairing.claim().releasedBy());
        move.send(new Effect.Repair(
                new RepairCommand(move.entity(), repairId, run, Instant.ofEpochMilli(deadline), null)));
        move.become(repairing.to(new Phase.Repairing(repairId), deadline + MARGIN));
    }

    void undo(UndoOrder order) {
        sendUndo(newRepairId(), order);
    }

    void sendUndo(String repairId, UndoOrder order) {
        Instant deadline = Instant.ofEpochMilli(order.deadline());
        move.send(
                new Effect.Repair(new RepairCommand(move.entity(), repairId, order.runId(), deadline, order.undoes())));
        move.become(move.state().to(new Phase.Undoing(repairId, order), order.deadline() + MARGIN));
    }

    /** Unique among all repairs of all entities, and the same if this input is processed again. */
    String newRepairId() {
        Case repairing = move.state();
        Progress progress = repairing.progress().commanded();
        move.become(repairing.with(progress));
        return RepairIds.of(move.entity(), repairing.id(), progress.commands());
    }

    private String ask(Case asking, boolean fast, long deadline, @Nullable String failure, List<OutboxRow> rows) {
        move.become(asking.with(asking.progress().commanded()));
        String id = asking.id() + "." + move.state().progress().commands();
        move.send(new Effect.Ask(
                new CheckCommand(move.entity(), id, Instant.ofEpochMilli(deadline), failure, rows), fast));
        return id;
    }

    private long commandDeadline(Case asking) {
        long ofRuns = asking.deadline();
        if (asking.fast()) {
            return Math.min(ofRuns, move.now() + move.rules().unavailableAfter() + PATIENCE);
        }
        return ofRuns == Subscriber.NO_DEADLINE ? move.now() + move.rules().runDeadline() : ofRuns;
    }
}
