package io.plumbline.stores.outbox;

import io.plumbline.stores.SourceEntity;
import io.plumbline.stores.connect.StoresConfigException;
import io.plumbline.stores.postgres.QuotedName;
import io.plumbline.stores.postgres.Transactions;
import io.plumbline.topics.config.DatasetConfig;
import io.plumbline.topics.config.OutboxConfig;
import io.plumbline.topics.config.SyncStatusConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Marks on outbox rows as processed and on their source rows as synced. A mark is made only where the row still is as it
 * was read: an outbox row where it is unprocessed, a source row where its order value is not above the one read (so it
 * has not been written since). Rows that somebody else holds locked are being changed, and are left for a later mark.
 */
final class OutboxMarks {

    /** An outbox row whose effect was seen, with the order value of its entity's newest source row then. */
    private record Seen(String id, @Nullable String order) {}

    private final OutboxConfig outbox;
    private final @Nullable String sourceTable;
    private final @Nullable String order;
    private final @Nullable SyncStatusConfig syncStatus;
    private final Transactions transactions;
    private final ColumnTypes types;

    OutboxMarks(DatasetConfig config, OutboxConfig outbox, Transactions transactions, ColumnTypes types) {
        this.outbox = outbox;
        this.sourceTable = config.source().table();
        this.order = config.source().order();
        this.syncStatus = config.syncStatus();
        this.transactions = transactions;
        this.types = types;
    }

    /** Refuses, with the reason, a configuration or tables on which marks cannot be made or would do harm. */
    void verify() {
        SyncStatusMark mark = syncStatusMark();
        if (mark != null) {
            transactions.rolledBack(mark::tryOne);
        } else if (syncStatus != null) {
            throw new StoresConfigException(
                    List.of("sync-status needs a source table (not a query) with an order column:"
                            + " without one it cannot be known whether a row was written since it was read"));
        }
    }

    private @Nullable SyncStatusMark syncStatusMark() {
        return syncStatus == null || sourceTable == null || order == null
                ? null
                : new SyncStatusMark(sourceTable, order, syncStatus, outbox.sourceColumn(), types);
    }

    int processed(List<SourceEntity> entities) {
        List<Seen> seen = new ArrayList<>();
        for (SourceEntity entity : entities) {
            entity.pending().forEach(row -> seen.add(new Seen(row.id(), entity.order())));
        }
        if (seen.isEmpty()) {
            return 0;
        }
        return transactions.together(connection -> processed(connection, seen));
    }

    private int processed(Connection connection, List<Seen> seen) throws SQLException {
        String table = QuotedName.ofTable(outbox.table());
        String id = QuotedName.of(outbox.id());
        String processedAt = QuotedName.of(outbox.processedAt());
        String sql = """
                WITH seen AS (
                  SELECT CAST(v.id AS %4$s) AS id, v.row_order FROM unnest(?, ?) AS v (id, row_order)
                ), free AS (
                  SELECT o.%2$s AS id, o.%5$s::text AS source_key, seen.row_order FROM %1$s o JOIN seen ON o.%2$s = seen.id
                  WHERE o.%3$s IS NULL FOR UPDATE OF o SKIP LOCKED
                )
                UPDATE %1$s o SET %3$s = %6$s FROM free WHERE o.%2$s = free.id
                RETURNING free.source_key, free.row_order
                """.formatted(
                        table,
                        id,
                        processedAt,
                        types.of(connection, outbox.table(), outbox.id()),
                        QuotedName.of(outbox.aggregateId()),
                        types.now(connection, outbox.table(), outbox.processedAt()));
        SyncStatusMark.Rows marked = new SyncStatusMark.Rows(new ArrayList<>(), new ArrayList<>());
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(
                    1,
                    connection.createArrayOf("text", seen.stream().map(Seen::id).toArray()));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "text", seen.stream().map(Seen::order).toArray()));
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    marked.sourceKeys().add(row.getString(1));
                    marked.orders().add(row.getString(2));
                }
            }
        }
        SyncStatusMark synced = syncStatusMark();
        if (synced != null) {
            synced.mark(connection, marked);
        }
        return marked.sourceKeys().size();
    }
}
