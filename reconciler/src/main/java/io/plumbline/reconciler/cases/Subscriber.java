package io.plumbline.reconciler.cases;

/**
 * A run that waits for the case's outcome.
 *
 * @param deadline in milliseconds; {@link #NO_DEADLINE} for a continuous run
 * @param suspected it had seen a difference itself, so that an equal look means {@code transient} and not {@code matched}
 * @param told it was told that the case is confirmed
 */
record Subscriber(String runId, String group, long deadline, boolean suspected, boolean told) {

    static final long NO_DEADLINE = Long.MAX_VALUE;

    Subscriber whenTold() {
        return new Subscriber(runId, group, deadline, suspected, true);
    }
}
