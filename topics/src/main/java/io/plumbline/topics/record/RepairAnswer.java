package io.plumbline.topics.record;

import org.jspecify.annotations.Nullable;

/**
 * What became of a {@link RepairCommand}; keyed by the entity.
 *
 * @param before the target's mapped content before, as JSON text; {@code null} where there was none
 * @param after the target's mapped content after, likewise
 * @param sourceContent digest of the source's normalised content that the last reading saw
 */
public record RepairAnswer(
        EntityKey entity,
        String repairId,
        String runId,
        Result result,
        @Nullable String before,
        @Nullable String after,
        @Nullable String sourceContent,
        @Nullable String reason) {

    /** How it ended. */
    public enum Result {
        /** Written (now, or by this same command before a crash), and the reading afterwards showed both sides equal. */
        REPAIRED,
        /** Both sides were equal without a write of ours, or what was to be undone was no longer there. */
        SUPERSEDED,
        /** The target changed between reading and writing: nothing was written. */
        CONTESTED,
        /** Written, but the reading afterwards showed another difference: look again. */
        MISMATCHED,
        /** The dataset's policy does not allow this write: nothing was written. */
        NOT_ALLOWED,
        /** One side cannot be read as mapped. */
        UNREADABLE,
        /** Failed for a reason of its own: counts as an attempt. */
        FAILED,
        /** A store is away: ask again later. */
        UNAVAILABLE,
        /** Its deadline had passed: not executed. */
        EXPIRED
    }
}
