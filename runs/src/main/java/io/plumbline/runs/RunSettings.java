package io.plumbline.runs;

import io.plumbline.topics.config.RetryConfig;
import java.time.Duration;

/**
 * How the runs about a subject go.
 *
 * @param subject the dataset or exchange
 * @param group the exclusive group that its runs share
 * @param outstanding pieces of work outstanding at a time
 * @param deadline after it a run is reported as failed
 * @param retry of work that failed
 * @param unavailableAfter how long a store may be away before work is skipped
 */
public record RunSettings(
        String subject,
        String group,
        int outstanding,
        Duration deadline,
        RetryConfig retry,
        Duration unavailableAfter,
        RepairRules repairs) {}
