package io.plumbline.topics.record;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of a request while another run of its exclusive group goes on. */
public enum WhenBusy {
    /** It starts when the group is free. */
    @JsonProperty("queue")
    QUEUE,
    /** It is reported as skipped. */
    @JsonProperty("skip")
    SKIP
}
