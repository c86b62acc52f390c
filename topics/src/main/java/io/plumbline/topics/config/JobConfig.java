package io.plumbline.topics.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named job.
 *
 * @param dataset of every kind but {@code SEQUENCE} and {@code CANDLES}
 * @param full for {@code DOCUMENTS}: compare everything; otherwise what changed within {@code window}
 * @param steps for {@code SEQUENCE}: jobs to run one after the other
 * @param exchange for {@code CANDLES}: whose series the cache is scanned for, within {@code window}
 * @param thorough for {@code CANDLES}: list and compare the cache's candles; otherwise count them first
 */
public record JobConfig(
        Kind kind,
        @Nullable String dataset,
        boolean full,
        @Nullable Duration window,
        List<String> steps,
        @Nullable String exchange,
        boolean thorough) {

    /** What a job does. */
    public enum Kind {
        DOCUMENTS,
        OUTBOX_RETRY,
        CLEAN_UP,
        CANDLES,
        SEQUENCE
    }

    /** Of documents and their like. */
    public JobConfig(Kind kind, @Nullable String dataset, boolean full, @Nullable Duration window, List<String> steps) {
        this(kind, dataset, full, window, steps, null, false);
    }

    /** The dataset or exchange that it is about; {@code null} for a sequence. */
    public @Nullable String subject() {
        return kind == Kind.CANDLES ? exchange : dataset;
    }
}
