package io.plumbline.stores.outbox;

import io.plumbline.stores.connect.StoresConfigException;
import io.plumbline.stores.postgres.Transactions;
import io.plumbline.topics.config.CleanUpConfig;
import io.plumbline.topics.config.DatasetConfig;
import io.plumbline.topics.config.OutboxConfig;
import io.plumbline.topics.config.SyncStatusConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks that every column is there that a dataset's outbox declares, and names all that are not. */
final class OutboxColumns {

    private record Column(String table, @Nullable String name) {}

    private final Transactions transactions;
    private final ColumnTypes types;
    private final List<Column> columns = new ArrayList<>();

    OutboxColumns(DatasetConfig config, OutboxConfig outbox, Transactions transactions, ColumnTypes types) {
        this.transactions = transactions;
        this.types = types;
        for (@Nullable
        String name : new @Nullable String[] {
            outbox.id(),
            outbox.aggregateType(),
            outbox.aggregateId(),
            outbox.eventType(),
            outbox.payload(),
            outbox.version(),
            outbox.processedAt(),
            outbox.retryCount(),
            outbox.error()
        }) {
            columns.add(new Column(outbox.table(), name));
        }
        SyncStatusConfig syncStatus = config.syncStatus();
        String source = config.source().table();
        if (source != null) {
            columns.add(new Column(source, outbox.sourceColumn()));
            columns.add(new Column(source, syncStatus == null ? null : syncStatus.column()));
        }
        CleanUpConfig cleanUp = config.cleanUp();
        if (cleanUp != null && cleanUp.idempotencyTable() != null) {
            columns.add(new Column(cleanUp.idempotencyTable(), cleanUp.idempotencyExpiresAt()));
        }
    }

    void verify() {
        transactions.each(this::verify);
    }

    private Void verify(Connection connection) throws SQLException {
        List<String> missing = new ArrayList<>();
        for (Column column : columns) {
            if (column.name() != null && types.find(connection, column.table(), column.name()) == null) {
                missing.add(ColumnTypes.missing(column.table(), column.name()));
            }
        }
        if (!missing.isEmpty()) {
            throw new StoresConfigException(missing);
        }
        return null;
    }
}
