package io.plumbline.topics.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source, a target and the mapping between them.
 *
 * @param key how a row finds its document, or its element of an array in a document: one or several parts
 * @param fields which source values map to which target fields
 * @param grace how long after a source commit the application's own copy may take
 * @param generations how often a moving suspect is looked at before it is {@code unstable}
 * @param window the default lookback of window runs
 * @param longestTransaction how much longer than the window is read, since change times are not in commit order
 * @param segmentSize entities per segment
 * @param outstanding pieces of work outstanding at a time
 * @param deadline after it a run is reported as failed
 * @param group the exclusive group; the dataset's name by default
 */
public record DatasetConfig(
        SourceConfig source,
        TargetConfig target,
        List<KeyPartConfig> key,
        List<FieldConfig> fields,
        RepairPolicy repair,
        ExtraPolicy extras,
        BreakerConfig breaker,
        RetryConfig retry,
        Duration grace,
        int generations,
        Duration window,
        Duration longestTransaction,
        int segmentSize,
        int outstanding,
        Duration deadline,
        Duration unavailableAfter,
        @Nullable String group,
        @Nullable OutboxConfig outbox,
        @Nullable SyncStatusConfig syncStatus,
        @Nullable CleanUpConfig cleanUp) {

    /** What is done about proven drift. */
    public enum RepairPolicy {
        AUTO,
        PROPOSE,
        OFF
    }

    /** What is done about target entities that the source does not have. */
    public enum ExtraPolicy {
        REPORT,
        DELETE
    }
}
