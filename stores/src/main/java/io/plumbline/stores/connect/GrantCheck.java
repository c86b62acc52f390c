package io.plumbline.stores.connect;

import io.plumbline.stores.connect.NeededGrants.Grant;
import io.plumbline.stores.postgres.QuotedName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks PostgreSQL which of the grants that its role needs a connection lacks; what is not there is no lack of a grant. */
final class GrantCheck {

    private final Connection connection;

    GrantCheck(Connection connection) {
        this.connection = connection;
    }

    /** A sentence for each grant that is missing, with the role, the object and the statement that would give it. */
    List<String> missing(List<Grant> grants) throws SQLException {
        List<String> missing = new ArrayList<>();
        for (Grant grant : grants) {
            if (isDenied(grant)) {
                missing.add(text(grant));
            }
        }
        return missing;
    }

    /** The same for the use of a schema, without which nothing in it can be asked about. */
    List<String> missingUsage(String schema) throws SQLException {
        String sql =
                "SELECT count(*) > 0 FROM pg_namespace WHERE nspname = ? AND NOT has_schema_privilege(oid, 'USAGE')";
        return isTrue(sql, schema)
                ? List.of("the role %1$s lacks USAGE on the schema %2$s; right is: GRANT USAGE ON SCHEMA %2$s TO %1$s"
                        .formatted(role(), QuotedName.of(schema)))
                : List.of();
    }

    private boolean isDenied(Grant grant) throws SQLException {
        return grant.column() == null
                ? isTrue(
                        "SELECT NOT coalesce(has_table_privilege(to_regclass(?), ?), true)",
                        grant.table(),
                        grant.privilege())
                : isTrue("""
                        SELECT count(*) > 0 FROM pg_attribute WHERE attrelid = to_regclass(?) AND attname = ?
                        AND NOT has_column_privilege(attrelid, attnum, ?)
                        """, grant.table(), grant.column(), grant.privilege());
    }

    private String text(Grant grant) throws SQLException {
        String columns = grant.column() == null ? "" : " (" + QuotedName.of(grant.column()) + ")";
        return "the role %1$s lacks %2$s%3$s on the table %4$s; right is: GRANT %2$s%3$s ON %4$s TO %1$s"
                .formatted(role(), grant.privilege(), columns, grant.table());
    }

    private String role() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT quote_ident(current_user)");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    private boolean isTrue(String sql, @Nullable String... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setString(i + 1, arguments[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }
}
