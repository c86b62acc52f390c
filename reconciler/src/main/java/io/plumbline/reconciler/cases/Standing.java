package io.plumbline.reconciler.cases;

import io.plumbline.topics.record.Drift;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What stands about the entity on the {@code drifts} topic.
 *
 * @param parkedContent the source's content when an undo parked the entity; {@code null} where it is not parked or not known
 */
record Standing(State state, Drift drift, @Nullable String parkedContent) {

    /** What is being done about a drift, as {@link Drift#state()} spells it. */
    enum State {
        CONFIRMED,
        REPAIRING,
        HELD,
        REPORTED,
        FAILED,
        PARKED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether a case, and not nobody, works on it. */
        boolean isWorkedOn() {
            return this == CONFIRMED || this == REPAIRING;
        }
    }

    boolean isParked() {
        return state == State.PARKED;
    }

    Standing to(State next, @Nullable String reason) {
        Drift moved = new Drift(
                drift.entity(),
                drift.drift(),
                drift.firstSeen(),
                drift.confirmedAt(),
                drift.runId(),
                next.text(),
                drift.differences(),
                reason);
        return new Standing(next, moved, next == State.PARKED ? parkedContent : null);
    }
}
