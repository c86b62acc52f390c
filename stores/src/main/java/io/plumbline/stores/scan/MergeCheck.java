package io.plumbline.stores.scan;

import com.mongodb.client.model.Filters;
import io.plumbline.stores.mapping.KeyPart;
import io.plumbline.topics.config.KeyPartConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.bson.Document;

/**
 * Finds out whether both sides of a dataset can be range-queried in one binary order: entities are documents, their
 * {@code _id} is one column as it is, and the column is an integer, or text in binary order, with an index that can be
 * read in that order. PostgreSQL's default collation is binary only where the database was made so; a MongoDB
 * collection with a collation of its own does not compare text in binary order.
 */
final class MergeCheck {

    private static final String SQL = """
            SELECT t.typname,
                   CASE WHEN o.collname IN ('C', 'POSIX', 'ucs_basic') THEN true
                        WHEN o.collname = 'default' THEN
                             coalesce(to_jsonb(d) ->> 'datlocprovider', 'c') = 'c' AND d.datcollate IN ('C', 'POSIX')
                        ELSE false END
              FROM pg_attribute a
              JOIN pg_type t ON t.oid = a.atttypid
              LEFT JOIN pg_collation o ON o.oid = a.attcollation
              JOIN pg_database d ON d.datname = current_database()
             WHERE a.attrelid = ?::regclass AND a.attname = ? AND NOT a.attisdropped
               AND EXISTS (SELECT 1 FROM pg_index i
                             JOIN pg_class c ON c.oid = i.indexrelid
                             JOIN pg_am m ON m.oid = c.relam
                            WHERE i.indrelid = a.attrelid AND i.indisvalid AND i.indpred IS NULL
                              AND m.amname = 'btree' AND i.indkey[0] = a.attnum
                              AND i.indcollation[0] = a.attcollation)
            """;

    private static final Set<String> INTEGERS = Set.of("int2", "int4", "int8");
    private static final Set<String> TEXTS = Set.of("text", "varchar");

    private final DatasetSides sides;

    MergeCheck(DatasetSides sides) {
        this.sides = sides;
    }

    boolean passes(Connection connection) throws SQLException {
        List<KeyPart> key = sides.mapping().key();
        if (sides.config().source().table() == null
                || sides.config().target().array() != null
                || key.size() != 1
                || !key.getFirst().plain()
                || !MergeKey.FIELD.equals(key.getFirst().config().document())) {
            return false;
        }
        KeyPartConfig part = key.getFirst().config();
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            statement.setString(1, table());
            statement.setString(2, part.source());
            try (ResultSet found = statement.executeQuery()) {
                return found.next() && ordered(part.type(), found.getString(1), found.getBoolean(2));
            }
        }
    }

    /** The quoted table: what is selected from, without its alias. */
    private String table() {
        String from = sides.select().from();
        return from.substring(0, from.lastIndexOf(' '));
    }

    private boolean ordered(KeyPartConfig.Type type, String column, boolean binary) {
        return switch (type) {
            case INTEGER -> INTEGERS.contains(column);
            case TEXT -> TEXTS.contains(column) && binary && !hasCollation();
            case UUID, DATE, OBJECT_ID -> false;
        };
    }

    private boolean hasCollation() {
        Document collection = sides.database()
                .listCollections()
                .filter(Filters.eq("name", sides.config().target().collection()))
                .first();
        return collection != null
                && collection.get("options") instanceof Document options
                && options.containsKey("collation");
    }
}
