package io.plumbline.stores.outbox;

import io.plumbline.stores.postgres.QuotedName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The declared types of columns, asked for once: so that text is cast to the column's type, and an index stays usable. */
final class ColumnTypes {

    private final Map<String, String> known = new ConcurrentHashMap<>();

    /** Such as {@code bigint}; throws {@link IllegalStateException} where there is no such column. */
    String of(Connection connection, String table, String column) throws SQLException {
        String type = find(connection, table, column);
        if (type == null) {
            throw new IllegalStateException(missing(table, column));
        }
        return type;
    }

    /** {@code null} where there is no such column. */
    @Nullable
    String find(Connection connection, String table, String column) throws SQLException {
        String name = table + "." + column;
        String type = known.get(name);
        if (type == null) {
            type = ask(connection, table, column);
            if (type != null) {
                known.put(name, type);
            }
        }
        return type;
    }

    static String missing(String table, String column) {
        return "PostgreSQL has no column '%s' in a table '%s': correct the dataset's configuration, or the grants"
                .formatted(column, table);
    }

    /** SQL of the present instant as a column of this type holds it: without a zone, it is UTC. */
    String now(Connection connection, String table, String column) throws SQLException {
        return of(connection, table, column).contains("without time zone") ? "(now() AT TIME ZONE 'UTC')" : "now()";
    }

    private static @Nullable String ask(Connection connection, String table, String column) throws SQLException {
        String sql = """
                SELECT format_type(atttypid, atttypmod) FROM pg_attribute
                WHERE attrelid = to_regclass(?) AND attname = ? AND NOT attisdropped AND attnum > 0
                """;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, QuotedName.ofTable(table));
            statement.setString(2, column);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }
}
