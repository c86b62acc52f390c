package io.plumbline.stores.postgres;

import io.plumbline.stores.mapping.SourceColumn;
import io.plumbline.stores.mapping.SourceType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table or query as PostgreSQL describes them: the names and types of an empty read, each type taken
 * down to what it is based on.
 */
public final class SourceCatalog {

    private static final String BASE = """
            WITH RECURSIVE t AS (
              SELECT y.* FROM pg_type y WHERE y.oid = to_regtype(?)
              UNION ALL
              SELECT y.* FROM t JOIN pg_type y ON y.oid = t.typbasetype WHERE t.typtype = 'd')
            SELECT t.typname, t.typtype::text, t.typcategory::text, e.typname, e.typtype::text
            FROM t LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A' WHERE t.typtype <> 'd'""";

    private SourceCatalog() {}

    /**
     * @param from what stands after FROM, such as {@code "public"."orders"} or {@code (SELECT …) q}
     * @return by column name, in order; types without a counterpart have none
     */
    public static Map<String, SourceColumn> columns(Connection connection, String from) throws SQLException {
        Map<String, SourceColumn> columns = new LinkedHashMap<>();
        try (PreparedStatement empty = connection.prepareStatement("SELECT * FROM " + from + " LIMIT 0");
                ResultSet none = empty.executeQuery();
                PreparedStatement base = connection.prepareStatement(BASE)) {
            ResultSetMetaData described = none.getMetaData();
            for (int i = 1; i <= described.getColumnCount(); i++) {
                String name = described.getColumnLabel(i);
                columns.put(name, column(base, name, described.getColumnTypeName(i)));
            }
        }
        return columns;
    }

    private static SourceColumn column(PreparedStatement base, String name, String declared) throws SQLException {
        base.setString(1, asType(declared));
        try (ResultSet row = base.executeQuery()) {
            if (!row.next()) {
                return new SourceColumn(name, declared, null, null);
            }
            String type = row.getString(1);
            if ("A".equals(row.getString(3))) {
                return new SourceColumn(name, declared, SourceType.ARRAY, type(row.getString(4), row.getString(5)));
            }
            return new SourceColumn(name, type, type(type, row.getString(2)), null);
        }
    }

    /** The driver calls serial columns by names that are no types. */
    private static String asType(String declared) {
        return switch (declared) {
            case "serial" -> "int4";
            case "bigserial" -> "int8";
            case "smallserial" -> "int2";
            default -> declared;
        };
    }

    private static @Nullable SourceType type(String name, String kind) {
        if (kind.equals("e")) {
            return SourceType.TEXT;
        }
        return switch (name) {
            case "int2", "int4", "int8" -> SourceType.INTEGER;
            case "float4" -> SourceType.FLOAT4;
            case "float8" -> SourceType.FLOAT8;
            case "numeric" -> SourceType.NUMERIC;
            case "bool" -> SourceType.BOOLEAN;
            case "uuid" -> SourceType.UUID;
            case "date" -> SourceType.DATE;
            case "timestamp" -> SourceType.TIMESTAMP;
            case "timestamptz" -> SourceType.TIMESTAMPTZ;
            case "bytea" -> SourceType.BYTEA;
            case "json", "jsonb" -> SourceType.JSON;
            case "text",
                    "varchar",
                    "bpchar",
                    "char",
                    "name",
                    "citext",
                    "xml",
                    "time",
                    "timetz",
                    "interval",
                    "inet",
                    "cidr",
                    "macaddr",
                    "macaddr8" -> SourceType.TEXT;
            default -> null;
        };
    }
}
