package io.plumbline.stores.outbox;

import io.plumbline.stores.postgres.QuotedName;
import io.plumbline.stores.postgres.Transactions;
import io.plumbline.topics.config.CleanUpConfig;
import io.plumbline.topics.config.OutboxConfig;
import java.sql.PreparedStatement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Deletes what has had its time, a bounded number of rows per statement, so that no transaction lasts long. */
final class OutboxCleanUp {

    private final OutboxConfig outbox;
    private final @Nullable CleanUpConfig config;
    private final Transactions transactions;
    private final ColumnTypes types;

    OutboxCleanUp(OutboxConfig outbox, @Nullable CleanUpConfig config, Transactions transactions, ColumnTypes types) {
        this.outbox = outbox;
        this.config = config;
        this.transactions = transactions;
        this.types = types;
    }

    int processed(Duration age, int limit) {
        boolean typed = outbox.aggregateType() != null && outbox.aggregateTypeValue() != null;
        return transactions.each(connection -> {
            String due = QuotedName.of(outbox.processedAt()) + " < "
                    + types.now(connection, outbox.table(), outbox.processedAt()) + " - make_interval(secs => ?)"
                    + (typed ? " AND " + QuotedName.of(String.valueOf(outbox.aggregateType())) + "::text = ?" : "");
            try (PreparedStatement statement = connection.prepareStatement(delete(outbox.table(), due))) {
                int parameter = 1;
                statement.setDouble(parameter++, age.toMillis() / 1000.0);
                if (typed) {
                    statement.setString(parameter++, outbox.aggregateTypeValue());
                }
                statement.setInt(parameter, limit);
                return statement.executeUpdate();
            }
        });
    }

    int expiredKeys(int limit) {
        if (config == null || config.idempotencyTable() == null || config.idempotencyExpiresAt() == null) {
            return 0;
        }
        String table = config.idempotencyTable();
        String expiresAt = config.idempotencyExpiresAt();
        return transactions.each(connection -> {
            String due = QuotedName.of(expiresAt) + " < " + types.now(connection, table, expiresAt);
            try (PreparedStatement statement = connection.prepareStatement(delete(table, due))) {
                statement.setInt(1, limit);
                return statement.executeUpdate();
            }
        });
    }

    /** By row address: it needs no key, and a row changed in between is at another address, hence left alone. */
    private static String delete(String table, String due) {
        String quoted = QuotedName.ofTable(table);
        return "DELETE FROM %s WHERE ctid = ANY (ARRAY(SELECT ctid FROM %s WHERE %s LIMIT ? FOR UPDATE SKIP LOCKED))"
                .formatted(quoted, quoted, due);
    }
}
