package io.plumbline.topics.record;

/** What becomes of a request while another run of its exclusive group goes on. */
public enum WhenBusy {
    /** It starts when the group is free. */
    QUEUE,
    /** It is reported as skipped. */
    SKIP
}
