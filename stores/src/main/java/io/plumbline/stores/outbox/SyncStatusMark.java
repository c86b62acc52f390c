package io.plumbline.stores.outbox;

import io.plumbline.stores.connect.StoresConfigException;
import io.plumbline.stores.postgres.QuotedName;
import io.plumbline.topics.config.SyncStatusConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The source column that says that a row's copy was seen. Marking must not move the row's order column. */
record SyncStatusMark(String table, String order, SyncStatusConfig status, String sourceColumn, ColumnTypes types) {

    /** Source rows by their key, each with the order value that its entity's newest row had when it was read. */
    record Rows(List<String> sourceKeys, List<@Nullable String> orders) {}

    int mark(Connection connection, Rows rows) throws SQLException {
        String sql = """
                WITH seen AS (
                  SELECT CAST(v.source_key AS %s) AS source_key, max(CAST(v.row_order AS %s)) AS row_order
                  FROM unnest(?, ?) AS v (source_key, row_order) GROUP BY 1
                ), free AS (
                  SELECT s.ctid AS row_id FROM %s s JOIN seen ON s.%s = seen.source_key
                  WHERE s.%s <= seen.row_order AND s.%s::text IS DISTINCT FROM ? FOR UPDATE OF s SKIP LOCKED
                )
                UPDATE %3$s s SET %6$s = CAST(? AS %s) FROM free WHERE s.ctid = free.row_id
                """.formatted(
                        types.of(connection, table, sourceColumn),
                        types.of(connection, table, order),
                        QuotedName.ofTable(table),
                        QuotedName.of(sourceColumn),
                        QuotedName.of(order),
                        QuotedName.of(status.column()),
                        types.of(connection, table, status.column()));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(
                    1, connection.createArrayOf("text", rows.sourceKeys().toArray()));
            statement.setArray(2, connection.createArrayOf("text", rows.orders().toArray()));
            statement.setString(3, status.synced());
            statement.setString(4, status.synced());
            return statement.executeUpdate();
        }
    }

    /**
     * Marks one row and reads its order value again. Throws {@link StoresConfigException} where it moved: the row would
     * look changed by every mark, for ever. The caller rolls back.
     */
    Void tryOne(Connection connection) throws SQLException {
        String quoted = QuotedName.ofTable(table);
        String row;
        String before;
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "SELECT %s::text, %s::text FROM %s WHERE %s IS NOT NULL LIMIT 1 FOR UPDATE SKIP LOCKED"
                                .formatted(
                                        QuotedName.of(sourceColumn),
                                        QuotedName.of(order),
                                        quoted,
                                        QuotedName.of(sourceColumn)))) {
            if (!found.next()) {
                return null;
            }
            row = found.getString(1);
            before = found.getString(2);
        }
        String where = " WHERE " + QuotedName.of(sourceColumn) + " = CAST(? AS "
                + types.of(connection, table, sourceColumn) + ")";
        String mark = "UPDATE " + quoted + " SET " + QuotedName.of(status.column()) + " = CAST(? AS "
                + types.of(connection, table, status.column()) + ")" + where;
        try (PreparedStatement statement = connection.prepareStatement(mark)) {
            statement.setString(1, status.synced());
            statement.setString(2, row);
            statement.executeUpdate();
        }
        String again = "SELECT count(*) FROM " + quoted + where + " AND " + QuotedName.of(order)
                + "::text IS NOT DISTINCT FROM ?";
        try (PreparedStatement statement = connection.prepareStatement(again)) {
            statement.setString(1, row);
            statement.setString(2, before);
            try (ResultSet count = statement.executeQuery()) {
                count.next();
                if (count.getInt(1) == 0) {
                    throw new StoresConfigException(List.of(moved()));
                }
            }
        }
        return null;
    }

    private String moved() {
        return ("marking a row of '%s' in '%s' as '%s' moves its order column '%s' (a trigger does it): every mark would"
                        + " look like a change. Except marks from the trigger, name another order column, or leave"
                        + " sync-status out")
                .formatted(table, status.column(), status.synced(), order);
    }
}
