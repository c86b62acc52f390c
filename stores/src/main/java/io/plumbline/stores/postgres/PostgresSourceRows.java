package io.plumbline.stores.postgres;

import io.plumbline.stores.Content;
import io.plumbline.stores.SourceEntity;
import io.plumbline.stores.SourceRows;
import io.plumbline.stores.mapping.DatasetMapping;
import io.plumbline.stores.mapping.SourceContent;
import io.plumbline.topics.record.EntityKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** A table or query of PostgreSQL, read by entity. One statement, and so one snapshot, per call. */
public final class PostgresSourceRows implements SourceRows {

    private final Supplier<DatasetMapping> mapping;
    private final Transactions transactions;

    public PostgresSourceRows(Supplier<DatasetMapping> mapping, DataSource source) {
        this.mapping = mapping;
        this.transactions = new Transactions(source);
    }

    @Override
    public Map<EntityKey, SourceEntity> find(Collection<EntityKey> keys) {
        DatasetMapping map = mapping.get();
        Map<EntityKey, SourceEntity> found = new LinkedHashMap<>();
        keys.forEach(key -> found.put(key, new SourceEntity(key, null, null, List.of(), null)));
        if (keys.stream().noneMatch(map::canExist)) {
            return found;
        }
        String select = new SourceSelect(map).entities(keys);
        boolean withPending = map.config().outbox() != null;
        return transactions.each(connection -> read(connection, map, select, withPending, found));
    }

    private static Map<EntityKey, SourceEntity> read(
            Connection connection,
            DatasetMapping map,
            String select,
            boolean withPending,
            Map<EntityKey, SourceEntity> found)
            throws SQLException {
        try (SourceCursor rows = SourceCursor.open(connection, map, select)) {
            if (withPending) {
                rows.withPending();
            }
            while (rows.next()) {
                EntityKey key = rows.key();
                if (key != null && found.containsKey(key)) {
                    found.put(key, rows.entity());
                }
            }
        }
        return found;
    }

    @Override
    public Map<String, EntityKey> resolve(Collection<String> sourceKeys) {
        DatasetMapping map = mapping.get();
        String column = Objects.requireNonNull(map.config().outbox(), "a dataset without an outbox has no source keys")
                .sourceColumn();
        String select = new SourceSelect(map).keysOf(column, sourceKeys);
        return transactions.each(connection -> resolve(connection, map, select));
    }

    private static Map<String, EntityKey> resolve(Connection connection, DatasetMapping map, String select)
            throws SQLException {
        Map<String, EntityKey> resolved = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(select)) {
            while (rows.next()) {
                String[] parts = new String[map.key().size()];
                boolean complete = true;
                for (int i = 0; i < parts.length; i++) {
                    String raw = rows.getString(i + 2);
                    String part = raw == null ? null : map.key().get(i).canonical(raw);
                    complete &= part != null;
                    parts[i] = part == null ? "" : part;
                }
                if (complete) {
                    resolved.put(rows.getString(1), new EntityKey(map.dataset(), List.of(parts)));
                }
            }
        }
        return resolved;
    }

    @Override
    public Content plan(SourceEntity source) {
        return ((SourceContent) Objects.requireNonNull(source.content(), "there is nothing to write")).planned();
    }
}
