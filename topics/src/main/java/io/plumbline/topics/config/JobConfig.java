package io.plumbline.topics.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named job.
 *
 * @param dataset of every kind but {@code SEQUENCE}
 * @param full for {@code DOCUMENTS}: compare everything; otherwise what changed within {@code window}
 * @param steps for {@code SEQUENCE}: jobs to run one after the other
 */
public record JobConfig(
        Kind kind,
        @Nullable String dataset,
        boolean full,
        @Nullable Duration window,
        List<String> steps) {

    /** What a job does. */
    public enum Kind {
        DOCUMENTS,
        OUTBOX_RETRY,
        CLEAN_UP,
        SEQUENCE
    }
}
