package io.plumbline.stores.outbox;

import io.plumbline.stores.postgres.QuotedName;
import io.plumbline.stores.postgres.Transactions;
import io.plumbline.topics.config.OutboxConfig;
import io.plumbline.topics.record.OutboxRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Records on outbox rows that they could not be applied: the retry count is set to n+1 where it still is n, so that a
 * command that is delivered twice counts once.
 */
final class OutboxFailures {

    private final OutboxConfig outbox;
    private final Transactions transactions;
    private final ColumnTypes types;

    OutboxFailures(OutboxConfig outbox, Transactions transactions, ColumnTypes types) {
        this.outbox = outbox;
        this.transactions = transactions;
        this.types = types;
    }

    int record(List<OutboxRow> rows, String error) {
        if (rows.isEmpty() || (outbox.retryCount() == null && outbox.error() == null)) {
            return 0;
        }
        return transactions.each(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql(connection))) {
                Object[] ids = rows.stream().map(OutboxRow::id).toArray();
                Object[] counts = rows.stream().map(OutboxRow::retryCount).toArray();
                statement.setArray(1, connection.createArrayOf("text", ids));
                statement.setArray(2, connection.createArrayOf("int4", counts));
                if (outbox.error() != null) {
                    statement.setString(3, error.replace('\0', '\ufffd'));
                }
                return statement.executeUpdate();
            }
        });
    }

    private String sql(Connection connection) throws SQLException {
        List<String> sets = new ArrayList<>();
        String same = "";
        if (outbox.retryCount() != null) {
            String count = QuotedName.of(outbox.retryCount());
            sets.add(count + " = v.retries + 1");
            same = " AND coalesce(o.%s, 0) = v.retries".formatted(count);
        }
        if (outbox.error() != null) {
            String type = types.of(connection, outbox.table(), outbox.error());
            sets.add("%s = CAST(? AS %s)".formatted(QuotedName.of(outbox.error()), type));
        }
        return """
                WITH v AS (SELECT CAST(w.id AS %s) AS id, w.retries FROM unnest(?, ?) AS w (id, retries))
                UPDATE %s o SET %s FROM v WHERE o.%s = v.id AND o.%s IS NULL%s
                """.formatted(
                        types.of(connection, outbox.table(), outbox.id()),
                        QuotedName.ofTable(outbox.table()),
                        String.join(", ", sets),
                        QuotedName.of(outbox.id()),
                        QuotedName.of(outbox.processedAt()),
                        same);
    }
}
