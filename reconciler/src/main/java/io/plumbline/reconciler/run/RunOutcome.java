package io.plumbline.reconciler.run;

import io.plumbline.topics.record.RunStatus;
import java.util.List;
import java.util.Map;

/** The final status of a run that went through, from what it counted. */
final class RunOutcome {

    private static final List<String> FAILURES =
            List.of("failed", "unstable", "unreadable", "skipped", "rows-unresolved", WorkDesk.SKIPPED);

    private RunOutcome() {}

    /**
     * Failed where work failed; skipped where a store was away and nothing was counted; held by the breaker; completed,
     * with failures or without.
     */
    static RunStatus of(Map<String, Long> counters) {
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
        return FAILURES.stream().anyMatch(failure -> count(counters, failure) > 0)
                ? RunStatus.COMPLETED_WITH_FAILURES
                : RunStatus.COMPLETED;
    }

    private static long count(Map<String, Long> counters, String name) {
        return counters.getOrDefault(name, 0L);
    }
}
