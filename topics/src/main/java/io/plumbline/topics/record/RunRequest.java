package io.plumbline.topics.record;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tick, a trigger or the end of a preceding run, resolved to one job and keyed by the job's exclusive group.
 *
 * @param runId the id that its run will have; the same request always has the same, so that it runs once
 * @param remaining jobs to request, in this order, each after the run before it has ended
 * @param scope {@code null} as the job says
 * @param approve a run whose held entities are to be looked at afresh
 * @param undo a run whose repairs are to be undone
 */
public record RunRequest(
        String runId,
        String group,
        String job,
        List<String> remaining,
        Cause cause,
        @Nullable Scope scope,
        boolean dryRun,
        WhenBusy whenBusy,
        @Nullable String approve,
        @Nullable String undo,
        Instant requestedAt) {

    @SuppressWarnings("NullAway") // Jackson passes null for a list that was left out
    public RunRequest {
        remaining = remaining == null ? List.of() : List.copyOf(remaining);
    }
}
