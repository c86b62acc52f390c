package io.plumbline.reconciler.cases;

import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.RepairOutcome;
import io.plumbline.topics.record.Verdict;
import java.util.Objects;

/** What is done when a case's due time has come: no phase lasts for ever. */
final class Alarm {

    private Alarm() {}

    static void ring(Move move) {
        Case state = move.state();
        boolean over = move.now() >= RepairJudge.deadline(state);
        switch (state.phase()) {
            case Phase.Waiting waiting -> lookUnless(move, over, "deadline");
            case Phase.Checking checking -> {
                move.missed();
                lookUnless(move, over, "no answer by the deadline");
            }
            case Phase.Confirmed confirmed ->
                move.end(Ending.of(confirmed(state), RepairOutcome.REPORTED, "no decision by the deadline"));
            case Phase.Repairing repairing -> {
                if (over) {
                    move.end(Ending.of(confirmed(state), RepairOutcome.FAILED, "not repaired by the deadline"));
                } else {
                    move.commands().sendRepair(repairing.repairId());
                }
            }
            case Phase.Undoing undoing -> {
                if (over) {
                    RepairJudge.giveUp(
                            move, Ending.of(DriftClass.DIFFERENT, RepairOutcome.FAILED, "not undone by the deadline"));
                } else {
                    move.commands().sendUndo(undoing.repairId(), undoing.order());
                }
            }
            case Phase.Marking marking -> move.commands().mark(marking.ending());
            case Phase.Resting resting -> move.commands().lookAgainAtRest();
        }
    }

    /** Looks again a little later, while a run still waits for it. */
    static void retryUntilDeadline(Move move) {
        if (move.now() >= move.state().deadline()) {
            move.end(Ending.of(Verdict.SKIPPED, "deadline"));
        } else {
            move.waitUntil(move.afterPause(1));
        }
    }

    private static void lookUnless(Move move, boolean over, String reason) {
        if (over) {
            move.end(Ending.of(Verdict.SKIPPED, reason));
        } else {
            move.commands().look();
        }
    }

    private static DriftClass confirmed(Case state) {
        return Objects.requireNonNull(state.claim().confirmed());
    }
}
