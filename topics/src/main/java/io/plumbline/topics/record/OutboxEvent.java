package io.plumbline.topics.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One row of the application's outbox table, as change capture saw it committed.
 *
 * @param dataset the dataset whose outbox it is
 * @param eventId the outbox row's primary key, as text
 * @param aggregateId the source key it speaks of
 * @param position the position in the source's log (PostgreSQL: the LSN of the row's insertion), as a number
 */
public record OutboxEvent(
        String dataset,
        String eventId,
        @Nullable String aggregateType,
        String aggregateId,
        @Nullable String type,
        @Nullable JsonNode payload,
        @Nullable Long version,
        long position,
        Instant committedAt) {}
