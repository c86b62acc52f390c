package io.plumbline.topics.record;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Up to where a dataset's scope was last vouched for; compacted, keyed by {@code dataset/scope}, written with the final report. */
public record Checkpoint(
        String dataset,
        String scope,
        String runId,
        @Nullable String vouchesUpTo,
        Instant endedAt) {}
