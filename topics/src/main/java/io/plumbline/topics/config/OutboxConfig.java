package io.plumbline.topics.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The application's outbox table.
 *
 * @param aggregateTypeValue only rows whose aggregate type is this belong to the dataset; {@code null} all
 * @param sourceColumn the source column whose value the aggregate id is
 * @param payloadKey JSON pointers into the payload, one per key part, that give the entity without asking the source;
 *     empty: the source row is asked
 * @param slot the replication slot's name
 * @param maxRetries rows with this retry count are left alone
 */
public record OutboxConfig(
        String table,
        String id,
        @Nullable String aggregateType,
        @Nullable String aggregateTypeValue,
        String aggregateId,
        @Nullable String eventType,
        @Nullable String payload,
        @Nullable String version,
        String processedAt,
        @Nullable String retryCount,
        @Nullable String error,
        String sourceColumn,
        List<String> payloadKey,
        String slot,
        String publication,
        int maxRetries) {}
