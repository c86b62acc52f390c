package io.plumbline.topics.record;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a run stands; all but {@code RUNNING} are final. */
public enum RunStatus {
    @JsonProperty("running")
    RUNNING,
    @JsonProperty("completed")
    COMPLETED,
    @JsonProperty("completed-with-failures")
    COMPLETED_WITH_FAILURES,
    @JsonProperty("failed")
    FAILED,
    @JsonProperty("skipped")
    SKIPPED,
    @JsonProperty("held")
    HELD;

    public boolean isFinal() {
        return this != RUNNING;
    }
}
