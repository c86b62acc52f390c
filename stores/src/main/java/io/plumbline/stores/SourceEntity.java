package io.plumbline.stores;

import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.OutboxRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entity as the source has it: the newest of its rows, by order column and primary key.
 *
 * @param content {@code null} where the source has no row
 * @param order the deciding row's order value as text
 * @param pending unprocessed outbox rows of the entity, read in the same snapshot
 * @param unreadable why the row cannot be mapped; {@code null} where it can
 */
public record SourceEntity(
        EntityKey key,
        @Nullable Content content,
        @Nullable String order,
        List<OutboxRow> pending,
        @Nullable String unreadable) {}
