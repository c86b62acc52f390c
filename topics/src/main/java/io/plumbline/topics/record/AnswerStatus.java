package io.plumbline.topics.record;

/** How a command was answered. */
public enum AnswerStatus {
    /** It was done. */
    DONE,
    /** A store is away: nothing was proven, ask again later. */
    UNAVAILABLE,
    /** Its deadline had passed: not executed. */
    EXPIRED,
    /** It failed for a reason of its own: counts as an attempt. */
    FAILED
}
