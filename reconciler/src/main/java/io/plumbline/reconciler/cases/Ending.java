package io.plumbline.reconciler.cases;

import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.RepairOutcome;
import io.plumbline.topics.record.Verdict;
import org.jspecify.annotations.Nullable;

/** How a case ends: the ledger's class, for the drift classes what became of it, and why. */
record Ending(
        Verdict verdict,
        @Nullable RepairOutcome outcome,
        @Nullable String reason) {

    static Ending of(Verdict verdict, @Nullable String reason) {
        return new Ending(verdict, null, reason);
    }

    static Ending of(DriftClass drift, RepairOutcome outcome, @Nullable String reason) {
        return new Ending(Verdict.of(drift), outcome, reason);
    }

    /** Whether the entity's outbox rows are to be marked, as failed or as processed. */
    boolean concernsOutbox() {
        return isFailure() || outcome == RepairOutcome.REPAIRED || outcome == RepairOutcome.SUPERSEDED;
    }

    /** Whether the entity's outbox rows are to carry the failure. */
    boolean isFailure() {
        return verdict == Verdict.UNSTABLE || verdict == Verdict.UNREADABLE || outcome == RepairOutcome.FAILED;
    }
}
