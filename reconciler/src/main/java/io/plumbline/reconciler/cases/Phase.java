package io.plumbline.reconciler.cases;

import org.jspecify.annotations.Nullable;

/** Where a case stands. Each phase has a due time, at which something is done even if nothing arrives. */
sealed interface Phase {

    /** Waits to be looked at: for the grace, or for a pause after a failure. Due: the look. */
    record Waiting() implements Phase {}

    /**
     * A look is asked for. Due: the answer is given up.
     *
     * @param covers since when there are changes that this look will be the first to see; 0 if there are none
     */
    record Checking(String checkId, long covers) implements Phase {}

    /** Proven; waits for the decision of a run. Due: no decision is expected any more. */
    record Confirmed() implements Phase {}

    /** A repair is asked for, or waits to be asked for again. Due: it is asked (again), under the same id. */
    record Repairing(String repairId) implements Phase {}

    /** The undoing of a repair is asked for, or waits to be asked for again. Due: as for a repair. */
    record Undoing(String repairId, UndoOrder order) implements Phase {}

    /** The outbox rows are being marked, before the case ends so. Due: they are marked again. */
    record Marking(@Nullable String checkId, Ending ending) implements Phase {}

    /**
     * A drift that nobody works on. Due: a look whether it still is one.
     *
     * @param looks how often that was asked
     */
    record Resting(@Nullable String checkId, int looks) implements Phase {}
}
