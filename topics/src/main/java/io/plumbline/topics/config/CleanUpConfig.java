package io.plumbline.topics.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * @param processedAfter how long processed outbox rows are kept
 * @param idempotencyTable a table of idempotency keys, with the column that says when each expires
 */
public record CleanUpConfig(
        Duration processedAfter,
        @Nullable String idempotencyTable,
        @Nullable String idempotencyExpiresAt) {}
