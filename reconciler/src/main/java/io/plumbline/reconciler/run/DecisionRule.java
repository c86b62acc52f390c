package io.plumbline.reconciler.run;

import io.plumbline.topics.config.DatasetConfig;
import io.plumbline.topics.config.DatasetConfig.ExtraPolicy;
import io.plumbline.topics.config.DatasetConfig.RepairPolicy;
import io.plumbline.topics.record.CaseEvent.Decision;
import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.RunRequest;

/** What a run does about a confirmed drift: by request, policy, class and breaker, in this order. */
record DecisionRule(RunRequest request, DatasetConfig dataset) {

    Decision decide(DriftClass drift, boolean breakerHolds) {
        if (!allowsRepair(drift)) {
            return Decision.REPORT;
        }
        return breakerHolds ? Decision.HOLD : Decision.RELEASE;
    }

    /** Whether a repair would be released if there were no breaker. */
    boolean allowsRepair(DriftClass drift) {
        if (request.dryRun() || request.undo() != null) {
            return false;
        }
        boolean policy = dataset.repair() == RepairPolicy.AUTO
                || (dataset.repair() == RepairPolicy.PROPOSE && request.approve() != null);
        return policy && (drift != DriftClass.EXTRA || dataset.extras() == ExtraPolicy.DELETE);
    }

    /** Whether an entity that is only reported waits for an approval: it was proposed. */
    boolean proposes() {
        return dataset.repair() == RepairPolicy.PROPOSE && !request.dryRun() && request.undo() == null;
    }
}
