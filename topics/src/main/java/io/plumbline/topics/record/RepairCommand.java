package io.plumbline.topics.record;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Make one target entity equal to its source as it is now, or undo an earlier repair. Keyed by the entity; answered
 * exactly once with a {@link RepairAnswer}.
 *
 * @param repairId unique per command; replayed after a crash, or asked again after {@code UNAVAILABLE}, it is the
 *     same, so that a write of unknown outcome is recognised
 * @param runId the run it is booked under in the record of repairs
 * @param undoes the repair to undo; {@code null} for a repair
 */
public record RepairCommand(
        EntityKey entity,
        String repairId,
        String runId,
        Instant deadline,
        @Nullable String undoes) {}
