package io.plumbline.stores;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.OutboxRow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The application's outbox table and what hangs on it. Throws {@link StoreUnavailableException} where it is away. */
public interface OutboxTable {

    /**
     * The entities that outbox rows speak of, in the same order: by the declared pointers into the payload, or else
     * through the source.
     */
    List<Resolution> resolve(List<Reference> references);

    /**
     * Tries a mark and rolls it back; throws {@link io.plumbline.stores.connect.StoresConfigException}, saying why,
     * where a declared column is not there or marks would move the source's order column.
     */
    void verifyMarks();

    /** Entities of unprocessed rows below their retry limit, a page after the cursor. */
    Page unprocessed(@Nullable String cursor, int limit);

    /**
     * Marks the pending rows of each source entity, whose effect was seen in the target, as processed, and its source
     * rows as synced; both only where they still are as they were read. Returns the number of rows marked.
     */
    int markProcessed(List<SourceEntity> seen);

    /** Sets retry count n+1 where it is n, and the error. Returns the number of rows marked. */
    int markFailed(List<OutboxRow> rows, String error);

    /** Deletes rows processed longer ago than this, at most {@code limit}; returns how many. */
    int deleteProcessed(Duration age, int limit);

    /** Deletes expired idempotency keys, at most {@code limit}; returns how many. */
    int deleteExpiredKeys(int limit);

    /**
     * @param entities by outbox row
     * @param unresolved rows whose entity cannot be found, with the reason
     * @param cursor where the next page begins; {@code null} after the last
     */
    record Page(
            Map<OutboxRow, EntityKey> entities,
            Map<OutboxRow, String> unresolved,
            @Nullable String cursor) {}

    /** What an outbox row says about its entity. */
    record Reference(String aggregateId, @Nullable JsonNode payload) {}

    /** The entity of an outbox row, or the reason why there is none: exactly one of them. */
    record Resolution(@Nullable EntityKey entity, @Nullable String reason) {}
}
