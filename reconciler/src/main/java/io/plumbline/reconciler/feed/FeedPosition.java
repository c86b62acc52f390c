package io.plumbline.reconciler.feed;

import io.plumbline.stores.replication.ReplicationSlot;
import io.plumbline.stores.replication.SourceServer;
import io.plumbline.topics.json.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a dataset's feed stands, and in which slot of which server: a record of {@code outbox-positions}, written in the
 * same transaction as the events up to it.
 *
 * @param offset Debezium's, as it wants it back
 */
record FeedPosition(String systemIdentifier, String database, String slot, Map<String, @Nullable Object> offset) {

    // Debezium's names
    private static final String LSN = "lsn";
    private static final String PROCESSED_LSN = "lsn_proc";
    private static final String COMMIT_LSN = "lsn_commit";

    /** The beginning of what the slot offers. Without an offset, Debezium would begin at the end of the log. */
    static FeedPosition startOf(SourceServer server, ReplicationSlot slot) {
        return new FeedPosition(
                server.systemIdentifier(),
                server.database(),
                slot.name(),
                Map.of(
                        LSN,
                        slot.confirmed(),
                        PROCESSED_LSN,
                        slot.confirmed(),
                        COMMIT_LSN,
                        slot.confirmed(),
                        "ts_usec",
                        0L));
    }

    static FeedPosition parse(String json) {
        return Json.parse(json, FeedPosition.class);
    }

    FeedPosition at(Map<String, ?> newOffset) {
        return new FeedPosition(systemIdentifier, database, slot, new HashMap<>(newOffset));
    }

    /** How far the log was read. The slot's own confirmed position, which follows, is never beyond it. */
    long reached() {
        return Stream.of(LSN, PROCESSED_LSN, COMMIT_LSN)
                .map(offset::get)
                .filter(Objects::nonNull)
                .mapToLong(lsn -> ((Number) lsn).longValue())
                .max()
                .orElse(0);
    }

    String json() {
        return Json.text(this);
    }
}
