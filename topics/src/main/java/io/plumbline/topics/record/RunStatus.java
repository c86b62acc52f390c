package io.plumbline.topics.record;

/** Where a run stands; all but {@code RUNNING} are final. */
public enum RunStatus {
    RUNNING,
    COMPLETED,
    COMPLETED_WITH_FAILURES,
    FAILED,
    SKIPPED,
    HELD;

    public boolean isFinal() {
        return this != RUNNING;
    }
}
