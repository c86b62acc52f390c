package io.plumbline.runs;

import io.plumbline.topics.record.CaseEvent.Decision;
import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.RunRequest;

/** What a run does about a confirmed drift: by request, policy, class and breaker, in this order. */
record DecisionRule(RunRequest request, RepairRules rules) {

    Decision decide(DriftClass drift, boolean breakerHolds) {
        if (!allowsRepair(drift)) {
            return Decision.REPORT;
        }
        return breakerHolds ? Decision.HOLD : Decision.RELEASE;
    }

    /** Whether a repair would be released if there were no breaker. */
    boolean allowsRepair(DriftClass drift) {
        return !request.dryRun()
                && request.undo() == null
                && rules.repaired()
                && (drift != DriftClass.EXTRA || rules.extrasDeleted());
    }
}
