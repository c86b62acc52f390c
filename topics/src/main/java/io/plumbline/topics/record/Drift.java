package io.plumbline.topics.record;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An open, proven drift on the compacted topic {@code drifts}; its key is the entity, a tombstone closes it. An incomplete
 * one is none: it cannot be read.
 *
 * @param firstSeen when a look first showed it
 * @param confirmedAt when it was proven
 * @param runId the run that proved it (a continuous run for the fast way)
 * @param state what is being done about it: {@code confirmed}, {@code repairing}, {@code held}, {@code reported},
 *     {@code failed}, {@code parked}
 */
public record Drift(
        EntityKey entity,
        DriftClass drift,
        Instant firstSeen,
        Instant confirmedAt,
        String runId,
        String state,
        List<FieldDifference> differences,
        @Nullable String reason) {

    @SuppressWarnings("NullAway") // Jackson passes null for what was left out
    public Drift {
        require("entity", entity);
        require("drift", drift);
        require("firstSeen", firstSeen);
        require("confirmedAt", confirmedAt);
        require("runId", runId);
        require("state", state);
        differences = differences == null ? List.of() : List.copyOf(differences);
    }

    private static void require(String field, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException(
                    "a drift without %s; it has entity, drift, firstSeen, confirmedAt, runId and state"
                            .formatted(field));
        }
    }
}
