package io.plumbline.runtime;

/**
 * When a punctuation proposes the time: something is due, and no proposal is under way. A proposal that was not read
 * back within a second is made again.
 */
public final class ClockProposals {

    private static final long AGAIN_AFTER = 1_000;
    private static final long NONE = Long.MIN_VALUE;

    private long proposed = NONE;

    /** Whether to propose {@code now}, given that nothing is due before {@code earliest}. */
    public boolean propose(long now, long earliest) {
        boolean underWay = proposed != NONE && now - proposed < AGAIN_AFTER;
        if (earliest > now || underWay) {
            return false;
        }
        proposed = now;
        return true;
    }

    /** A proposal was read back. */
    public void readBack(long at) {
        if (at >= proposed) {
            proposed = NONE;
        }
    }
}
