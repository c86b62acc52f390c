package io.plumbline.reconciler.cases;

import io.plumbline.topics.record.CheckAnswer;
import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.Look;
import io.plumbline.topics.record.RepairOutcome;
import io.plumbline.topics.record.Verdict;

/** Judges what a look showed, or why there was none. An answer to another command than the one waited for is ignored. */
final class LookJudge {

    private LookJudge() {}

    static void judge(Move move, CheckAnswer answer) {
        if (!move.hasCase()) {
            return;
        }
        String id = answer.checkId();
        switch (move.state().phase()) {
            case Phase.Checking checking -> {
                if (id.equals(checking.checkId())) {
                    looked(move, answer);
                }
            }
            case Phase.Marking marking -> {
                if (id.equals(marking.checkId())) {
                    marked(move, answer, marking.ending());
                }
            }
            case Phase.Resting resting -> {
                if (id.equals(resting.checkId())) {
                    lookedAtRest(move, answer);
                }
            }
            case Phase.Waiting w -> {}
            case Phase.Confirmed c -> {}
            case Phase.Repairing r -> {}
            case Phase.Undoing u -> {}
        }
    }

    private static void looked(Move move, CheckAnswer answer) {
        Look look = answer.look();
        if (look == null) {
            move.missed();
        }
        switch (answer.status()) {
            case DONE -> {
                if (look == null) {
                    failed(move, "the answer has no look");
                } else {
                    weigh(move, look);
                }
            }
            case UNAVAILABLE -> unavailable(move, reason(answer));
            case EXPIRED -> Alarm.retryUntilDeadline(move);
            case FAILED -> failed(move, reason(answer));
        }
    }

    private static void weigh(Move move, Look look) {
        Case state = move.state();
        Evidence evidence = state.evidence();
        Evidence.Finding finding = evidence.weigh(look, move.rules().generations());
        Case calm = state.with(state.progress().untroubled());
        switch (finding) {
            case EQUAL -> {
                move.become(calm.with(evidence.withPending(look)));
                // Whoever saw it equal has marked the outbox rows.
                move.close(equal(calm));
            }
            case UNREADABLE -> {
                move.become(calm.with(evidence.withPending(look)));
                move.end(Ending.of(Verdict.UNREADABLE, look.unreadable()));
            }
            case SUSPECT -> {
                move.become(calm.with(evidence.with(look, move.now())));
                move.waitForGrace();
            }
            case PROVEN -> {
                move.become(calm.with(evidence.with(look, move.now())));
                move.confirm(look);
            }
            case UNSTABLE -> {
                move.become(calm.with(evidence.with(look, move.now())));
                unstable(move, evidence.generation() + 2);
            }
        }
    }

    /** The fast way asks again from the start: the source may have moved for the last time, and no event would say so. */
    private static void unstable(Move move, int looks) {
        if (move.state().deadline() == Subscriber.NO_DEADLINE) {
            move.become(move.state().dirty(move.now()));
        }
        move.end(Ending.of(Verdict.UNSTABLE, "the source was still moving in " + looks + " looks"));
    }

    /** Equal after it had been proven different: somebody else was faster than the repair. */
    private static Ending equal(Case state) {
        DriftClass confirmed = state.claim().confirmed();
        return confirmed == null
                ? Ending.of(Verdict.MATCHED, null)
                : Ending.of(confirmed, RepairOutcome.SUPERSEDED, "equal when it was looked at again");
    }

    /** Proves nothing and consumes no attempt: asks again, up to a bound counted from the first such answer. */
    private static void unavailable(Move move, String reason) {
        Case state = move.state().with(move.state().progress().storeAway(move.now()));
        move.become(state);
        long giveUp = state.progress().unavailableSince() + move.rules().unavailableAfter();
        if (move.now() >= giveUp) {
            move.end(Ending.of(Verdict.SKIPPED, reason));
        } else {
            move.waitUntil(Math.min(giveUp, move.afterPause(state.progress().unavailable())));
        }
    }

    private static void failed(Move move, String reason) {
        Case state = move.state().with(move.state().progress().failed());
        move.become(state);
        int failures = state.progress().failures();
        if (failures >= move.rules().attempts()) {
            move.end(Ending.of(Verdict.UNREADABLE, "could not be looked at: " + reason));
        } else {
            move.waitUntil(move.afterPause(failures));
        }
    }

    /** The rows carry the outcome, or cannot be made to: the case ends as it was going to. */
    private static void marked(Move move, CheckAnswer answer, Ending ending) {
        Case state = move.state();
        switch (answer.status()) {
            case DONE -> {
                Look look = answer.look();
                if (look != null && look.drift() != null) {
                    // Repaired, and already different again: a question of its own.
                    move.become(state.dirty(move.now()));
                }
                move.close(ending);
            }
            case EXPIRED -> move.close(ending);
            case UNAVAILABLE -> {
                Case away = state.with(state.progress().storeAway(move.now()));
                long giveUp = away.progress().unavailableSince() + move.rules().unavailableAfter();
                markLater(
                        move,
                        away,
                        ending,
                        move.now() >= giveUp,
                        away.progress().unavailable());
            }
            case FAILED -> {
                Case failed = state.with(state.progress().failed());
                int failures = failed.progress().failures();
                markLater(move, failed, ending, failures >= move.rules().attempts(), failures);
            }
        }
    }

    private static void markLater(Move move, Case state, Ending ending, boolean enough, int attempt) {
        move.become(state.to(new Phase.Marking(null, ending), move.afterPause(attempt)));
        if (enough) {
            move.close(ending);
        }
    }

    /** A drift that somebody else ended is one no more; anything else changes nothing. */
    private static void lookedAtRest(Move move, CheckAnswer answer) {
        Look look = answer.look();
        boolean equal = look != null && look.drift() == null && look.unreadable() == null;
        if (equal) {
            move.standNoMore();
            move.settle();
        } else {
            move.rest();
        }
    }

    private static String reason(CheckAnswer answer) {
        String reason = answer.reason();
        return reason == null ? answer.status().name() : reason;
    }
}
