package io.plumbline.reconciler.cases;

import io.plumbline.reconciler.cases.Standing.State;
import io.plumbline.topics.record.CaseEvent;
import io.plumbline.topics.record.CaseEvent.Decision;
import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.Look;
import io.plumbline.topics.record.RepairOutcome;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes in what sources and runs say about an entity. */
final class EventIntake {

    private EventIntake() {}

    static void take(Move move, CaseEvent event, long recorded) {
        switch (event) {
            case CaseEvent.Changed changed -> changed(move, recorded);
            case CaseEvent.Suspected suspected -> suspected(move, suspected);
            case CaseEvent.Decided decided -> decided(move, decided);
            case CaseEvent.UndoRequested requested -> undoRequested(move, requested);
        }
    }

    /** The grace counts from the first change that no look has seen, and is never extended. */
    private static void changed(Move move, long recorded) {
        if (move.isIdle()) {
            move.openFast(recorded);
            return;
        }
        Case state = move.state();
        boolean waiting = state.phase() instanceof Phase.Waiting;
        boolean willBeSeen = waiting
                && state.deadline() == Subscriber.NO_DEADLINE
                && state.progress().isUntroubled();
        if (!willBeSeen) {
            // The case may end without a look, at a run's deadline or over a store that is away: the change is
            // remembered until there was one.
            Case noted = state.dirty(recorded);
            move.become(waiting ? noted.hurried() : noted);
        }
    }

    private static void suspected(Move move, CaseEvent.Suspected suspected) {
        if (isParked(move, suspected)) {
            move.tell(suspected.group(), skipped(suspected, "parked by an undo"));
            return;
        }
        Look look = suspected.look();
        boolean saw = look != null && look.drift() != null;
        if (move.isIdle()) {
            move.open(false, move.now());
            if (look != null && saw) {
                move.become(move.state().with(Evidence.NONE.with(look, move.now())));
                move.waitForGrace();
            }
        }
        Case state = move.state();
        if (state.subscriber(suspected.runId()) == null) {
            Subscriber joining = new Subscriber(
                    suspected.runId(), suspected.group(), suspected.deadline().toEpochMilli(), saw, false);
            move.become(state.with(joining));
            if (state.phase() instanceof Phase.Confirmed) {
                move.awaitDecision();
                move.tellConfirmed(joining);
            }
        }
    }

    private static boolean isParked(Move move, CaseEvent.Suspected suspected) {
        Standing standing = move.standing();
        if (!move.isIdle() || standing == null || !standing.isParked() || suspected.unpark()) {
            return false;
        }
        Look look = suspected.look();
        String parked = standing.parkedContent();
        return look == null || parked == null || parked.equals(look.sourceContent());
    }

    private static RunEvent skipped(CaseEvent.Suspected suspected, String reason) {
        return new RunEvent.CaseClosed(suspected.runId(), suspected.entity(), Verdict.SKIPPED, null, List.of(), reason);
    }

    private static void decided(Move move, CaseEvent.Decided decided) {
        Subscriber subscriber = subscriber(move, decided.runId());
        if (subscriber == null) {
            return;
        }
        switch (decided.decision()) {
            case RELEASE -> release(move, subscriber);
            case HOLD, REPORT -> leave(move, subscriber, decided.decision());
        }
    }

    private static @Nullable Subscriber subscriber(Move move, String runId) {
        return move.isIdle() ? null : move.state().subscriber(runId);
    }

    /** The first run that releases has it repaired; where no repair can go on now, it will when it is proven again. */
    private static void release(Move move, Subscriber subscriber) {
        Case state = move.state();
        if (state.claim().releasedBy() == null) {
            move.become(state.with(state.claim().releasedBy(subscriber.runId())));
        }
        if (state.phase() instanceof Phase.Confirmed) {
            move.commands().repair();
        }
    }

    /** The run has its outcome and leaves; the last one leaves a drift that nobody works on. */
    private static void leave(Move move, Subscriber subscriber, Decision decision) {
        Case state = move.state();
        DriftClass drift = state.claim().confirmed();
        if (drift == null) {
            return;
        }
        boolean held = decision == Decision.HOLD;
        move.tellClosed(subscriber, Ending.of(drift, held ? RepairOutcome.HELD : RepairOutcome.REPORTED, null));
        move.become(state.without(subscriber));
        if (move.state().subscribers().isEmpty() && isOpenQuestion(state.phase())) {
            move.stand(held ? State.HELD : State.REPORTED, null);
            move.settle();
        }
    }

    private static boolean isOpenQuestion(Phase phase) {
        return switch (phase) {
            case Phase.Waiting w -> true;
            case Phase.Checking c -> true;
            case Phase.Confirmed c -> true;
            case Phase.Repairing r -> false;
            case Phase.Undoing u -> false;
            case Phase.Marking m -> false;
            case Phase.Resting r -> false;
        };
    }

    /** Goes before any open question; waits for a command that may be writing. */
    private static void undoRequested(Move move, CaseEvent.UndoRequested requested) {
        UndoOrder order = new UndoOrder(
                requested.runId(),
                requested.group(),
                requested.repairId(),
                requested.deadline().toEpochMilli());
        if (move.isIdle()) {
            move.open(false, move.now());
            move.commands().undo(order);
        } else if (isOpenQuestion(move.state().phase())) {
            move.commands().undo(order);
        } else {
            List<UndoOrder> undos = new ArrayList<>(move.state().undos());
            undos.add(order);
            move.become(move.state().withUndos(undos));
        }
    }
}
