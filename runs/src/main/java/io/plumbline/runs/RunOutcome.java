package io.plumbline.runs;

import io.plumbline.topics.record.RunStatus;
import java.util.Map;

/** The final status of a run that went through, from what it counted. */
public final class RunOutcome {

    private RunOutcome() {}

    /**
     * Failed where work failed; skipped where a store was away and nothing was counted; held by the breaker; completed,
     * with failures or without.
     */
    public static RunStatus of(JobKind kind, Map<String, Long> counters) {
        if (count(counters, WorkDesk.FAILED) > 0) {
            return RunStatus.FAILED;
        }
        if (count(counters, WorkDesk.SKIPPED) > 0
                && counters.entrySet().stream()
                        .allMatch(counter ->
                                counter.getValue() == 0 || counter.getKey().equals(WorkDesk.SKIPPED))) {
            return RunStatus.SKIPPED;
        }
        if (count(counters, "held") > 0) {
            return RunStatus.HELD;
        }
        boolean failures = count(counters, WorkDesk.SKIPPED) > 0
                || kind.failures().stream().anyMatch(failure -> count(counters, failure) > 0);
        return failures ? RunStatus.COMPLETED_WITH_FAILURES : RunStatus.COMPLETED;
    }

    private static long count(Map<String, Long> counters, String name) {
        return counters.getOrDefault(name, 0L);
    }
}
