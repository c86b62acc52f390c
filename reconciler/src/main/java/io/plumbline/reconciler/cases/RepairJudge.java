package io.plumbline.reconciler.cases;

import io.plumbline.reconciler.cases.Standing.State;
import io.plumbline.topics.record.Drift;
import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.Look;
import io.plumbline.topics.record.RepairAnswer;
import io.plumbline.topics.record.RepairOutcome;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Judges what became of a repair or of an undo. An answer to another repair than the one waited for is ignored. */
final class RepairJudge {

    private RepairJudge() {}

    static void judge(Move move, RepairAnswer answer) {
        if (move.isIdle()) {
            return;
        }
        Phase phase = move.state().phase();
        if (phase instanceof Phase.Repairing repairing && repairing.repairId().equals(answer.repairId())) {
            repaired(move, answer);
        } else if (phase instanceof Phase.Undoing undoing && undoing.repairId().equals(answer.repairId())) {
            undone(move, answer, undoing.order());
        }
    }

    private static void repaired(Move move, RepairAnswer answer) {
        DriftClass drift = Objects.requireNonNull(move.state().claim().confirmed());
        String reason = answer.reason();
        switch (answer.result()) {
            case REPAIRED -> move.end(Ending.of(drift, RepairOutcome.REPAIRED, reason));
            case SUPERSEDED -> move.end(Ending.of(drift, RepairOutcome.SUPERSEDED, reason));
            case CONTESTED, MISMATCHED -> contested(move);
            case NOT_ALLOWED -> move.end(Ending.of(drift, RepairOutcome.REPORTED, reason));
            case UNREADABLE -> move.end(Ending.of(Verdict.UNREADABLE, reason));
            case FAILED -> failed(move, Ending.of(drift, RepairOutcome.FAILED, reason));
            case UNAVAILABLE -> unavailable(move, Ending.of(drift, RepairOutcome.FAILED, reason));
            case EXPIRED -> expired(move, Ending.of(drift, RepairOutcome.FAILED, "deadline"));
        }
    }

    /** Somebody else writes the target: it is looked at afresh, and left alone if that happens too often. */
    private static void contested(Move move) {
        Case state = move.state();
        Progress progress = state.progress().wasContested();
        move.become(state.with(progress).with(state.evidence().again()));
        if (progress.contested() > move.rules().generations()) {
            String reason = "the target was written by others during " + progress.contested() + " repairs";
            move.end(Ending.of(Verdict.UNSTABLE, reason));
        } else {
            move.waitForGrace();
        }
    }

    private static void undone(Move move, RepairAnswer answer, UndoOrder order) {
        String reason = answer.reason();
        Ending failed = Ending.of(DriftClass.DIFFERENT, RepairOutcome.FAILED, reason);
        switch (answer.result()) {
            case REPAIRED -> park(move, answer, order);
            // An undo never goes over what somebody wrote after the repair.
            case SUPERSEDED, CONTESTED, MISMATCHED ->
                endUndo(move, Ending.of(DriftClass.DIFFERENT, RepairOutcome.SUPERSEDED, reason));
            case NOT_ALLOWED -> endUndo(move, Ending.of(DriftClass.DIFFERENT, RepairOutcome.REPORTED, reason));
            case UNREADABLE -> endUndo(move, Ending.of(Verdict.UNREADABLE, reason));
            case FAILED -> failed(move, failed);
            case UNAVAILABLE -> unavailable(move, failed);
            case EXPIRED -> expired(move, Ending.of(DriftClass.DIFFERENT, RepairOutcome.FAILED, "deadline"));
        }
    }

    /** The target is as it was before the repair: a known drift, left so until the source changes or it is released. */
    private static void park(Move move, RepairAnswer answer, UndoOrder order) {
        tellUndone(move, order, Ending.of(DriftClass.DIFFERENT, RepairOutcome.REPAIRED, answer.reason()));
        Case state = move.state();
        DriftClass confirmed = state.claim().confirmed();
        Ending others = confirmed == null
                ? Ending.of(Verdict.SKIPPED, "parked by an undo")
                : Ending.of(confirmed, RepairOutcome.SUPERSEDED, "parked by an undo");
        state.subscribers().forEach(subscriber -> move.tellClosed(subscriber, others));
        move.become(state.withSubscribers(List.of()));
        Instant now = Instant.ofEpochMilli(move.now());
        Drift drift = new Drift(
                answer.entity(),
                classOf(answer),
                now,
                now,
                order.runId(),
                State.PARKED.text(),
                List.of(),
                "undone by run " + order.runId());
        move.stand(new Standing(State.PARKED, drift, answer.sourceContent()));
        move.settle();
    }

    private static DriftClass classOf(RepairAnswer undo) {
        if (Look.ABSENT.equals(undo.sourceContent())) {
            return DriftClass.EXTRA;
        }
        return undo.after() == null && undo.before() != null ? DriftClass.MISSING : DriftClass.DIFFERENT;
    }

    private static void endUndo(Move move, Ending ending) {
        Case state = move.state();
        if (state.phase() instanceof Phase.Undoing undoing) {
            tellUndone(move, undoing.order(), ending);
        }
        if (state.subscribers().isEmpty()) {
            move.settle();
        } else {
            move.become(
                    state.with(state.evidence().again()).with(state.progress().untroubled()));
            move.waitForGrace();
        }
    }

    static void tellUndone(Move move, UndoOrder order, Ending ending) {
        move.tell(
                order.group(),
                new RunEvent.CaseClosed(
                        order.runId(), move.entity(), ending.verdict(), ending.outcome(), List.of(), ending.reason()));
    }

    /** An attempt is consumed; the next one has an id of its own, for the record of repairs keeps this one as failed. */
    private static void failed(Move move, Ending ending) {
        move.become(move.state().with(move.state().progress().failed()));
        int failures = move.state().progress().failures();
        if (failures >= move.rules().attempts()) {
            giveUp(move, ending);
        } else {
            again(move, move.commands().newRepairId(), move.afterPause(failures));
        }
    }

    /** The same id again: what was perhaps written is recognised by it. */
    private static void unavailable(Move move, Ending ending) {
        move.become(move.state().with(move.state().progress().storeAway(move.now())));
        Progress progress = move.state().progress();
        long until = progress.unavailableSince() + move.rules().unavailableAfter();
        if (move.now() >= until) {
            giveUp(move, ending);
        } else {
            again(move, null, Math.min(until, move.afterPause(progress.unavailable())));
        }
    }

    /** A full queue is no verdict: asked again, under a new id since this one has ended, while somebody waits for it. */
    private static void expired(Move move, Ending ending) {
        if (move.now() >= deadline(move.state())) {
            giveUp(move, ending);
        } else {
            again(move, move.commands().newRepairId(), move.afterPause(1));
        }
    }

    static long deadline(Case state) {
        return state.phase() instanceof Phase.Undoing undoing ? undoing.order().deadline() : state.deadline();
    }

    private static void again(Move move, @Nullable String newId, long due) {
        Case state = move.state();
        switch (state.phase()) {
            case Phase.Repairing repairing ->
                move.become(state.to(newId == null ? repairing : new Phase.Repairing(newId), due));
            case Phase.Undoing undoing ->
                move.become(state.to(newId == null ? undoing : new Phase.Undoing(newId, undoing.order()), due));
            case Phase.Waiting w -> throw notWriting(state);
            case Phase.Checking c -> throw notWriting(state);
            case Phase.Confirmed c -> throw notWriting(state);
            case Phase.Marking m -> throw notWriting(state);
            case Phase.Resting r -> throw notWriting(state);
        }
    }

    /** Ends what was asked for without success. */
    static void giveUp(Move move, Ending ending) {
        if (move.state().phase() instanceof Phase.Undoing) {
            endUndo(move, ending);
        } else {
            move.end(ending);
        }
    }

    private static IllegalStateException notWriting(Case state) {
        return new IllegalStateException("case " + state.id() + " is in " + state.phase() + " and writes nothing");
    }
}
