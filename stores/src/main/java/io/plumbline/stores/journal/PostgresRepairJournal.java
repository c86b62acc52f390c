package io.plumbline.stores.journal;

import io.plumbline.stores.RepairJournal;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.RepairAnswer;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The table {@code repairs}: one statement per batch, rows in the order of their ids so that batches cannot deadlock. */
public final class PostgresRepairJournal implements RepairJournal {

    private static final String COLUMNS =
            "repair_id, run_id, entity, content_before, content_after, undoes, result, source_content, reason";

    private final PlumblineSchema schema;
    private final String table;

    /** @param schemaName where the table is, made if it is not there */
    public PostgresRepairJournal(DataSource source, String schemaName) {
        schema = new PlumblineSchema(source, schemaName);
        table = schema.table("repairs");
    }

    @Override
    public Map<String, Entry> find(Collection<String> repairIds) {
        String sql = "SELECT " + COLUMNS + " FROM " + table + " WHERE repair_id = ANY (?)";
        return schema.each(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setArray(1, texts(connection, repairIds, id -> id));
                Map<String, Entry> found = new HashMap<>();
                read(statement).forEach(entry -> found.put(entry.repairId(), entry));
                return found;
            }
        });
    }

    @Override
    public void intend(List<Entry> entries) {
        String sql = """
                INSERT INTO %s AS r (repair_id, run_id, entity, content_before, content_after, undoes)
                SELECT * FROM unnest(?, ?, ?, ?, ?, ?)
                ON CONFLICT (repair_id) DO UPDATE SET
                  content_before = excluded.content_before, content_after = excluded.content_after, intended_at = now()
                WHERE r.result IS NULL
                """.formatted(table);
        List<Entry> sorted =
                entries.stream().sorted(Comparator.comparing(Entry::repairId)).toList();
        schema.each(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setArray(1, texts(connection, sorted, Entry::repairId));
                statement.setArray(2, texts(connection, sorted, Entry::runId));
                statement.setArray(
                        3, texts(connection, sorted, entry -> entry.entity().text()));
                statement.setArray(4, texts(connection, sorted, Entry::before));
                statement.setArray(5, texts(connection, sorted, Entry::after));
                statement.setArray(6, texts(connection, sorted, Entry::undoes));
                return statement.executeUpdate();
            }
        });
    }

    @Override
    public void complete(Map<String, Ended> endings) {
        String sql = """
                UPDATE %s r SET result = v.result, source_content = v.source_content, reason = v.reason,
                  completed_at = now()
                FROM unnest(?, ?, ?, ?) AS v (repair_id, result, source_content, reason)
                WHERE r.repair_id = v.repair_id AND r.result IS NULL
                """.formatted(table);
        List<Map.Entry<String, Ended>> sorted =
                endings.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
        schema.each(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setArray(1, texts(connection, sorted, Map.Entry::getKey));
                statement.setArray(
                        2,
                        texts(
                                connection,
                                sorted,
                                ending -> ending.getValue().result().name()));
                statement.setArray(
                        3, texts(connection, sorted, ending -> ending.getValue().sourceContent()));
                statement.setArray(
                        4, texts(connection, sorted, ending -> ending.getValue().reason()));
                return statement.executeUpdate();
            }
        });
    }

    @Override
    public List<Entry> repairsOf(String runId, @Nullable String afterRepairId, int limit) {
        String sql = """
                SELECT %s FROM %s r
                WHERE run_id = ? AND result = 'REPAIRED'
                  AND number < coalesce((SELECT number FROM %2$s WHERE repair_id = ?), %d)
                  AND NOT EXISTS (SELECT FROM %2$s u WHERE u.undoes = r.repair_id AND u.result = 'REPAIRED')
                ORDER BY number DESC LIMIT ?
                """.formatted(COLUMNS, table, Long.MAX_VALUE);
        return schema.each(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, runId);
                statement.setString(2, afterRepairId);
                statement.setInt(3, limit);
                return read(statement);
            }
        });
    }

    private static List<Entry> read(PreparedStatement statement) throws SQLException {
        List<Entry> entries = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                String result = row.getString("result");
                entries.add(new Entry(
                        row.getString("repair_id"),
                        row.getString("run_id"),
                        EntityKey.parse(row.getString("entity")),
                        row.getString("content_before"),
                        row.getString("content_after"),
                        row.getString("undoes"),
                        result == null
                                ? null
                                : new Ended(
                                        RepairAnswer.Result.valueOf(result),
                                        row.getString("source_content"),
                                        row.getString("reason"))));
            }
        }
        return entries;
    }

    /** The driver sends an array of strings in binary; of objects it would make an escaped text. */
    private static <T> Array texts(Connection connection, Collection<T> values, Function<T, @Nullable String> text)
            throws SQLException {
        @Nullable
        String[] texts =
                values.stream().map(text).map(PostgresRepairJournal::storable).toArray(String[]::new);
        return connection.createArrayOf("text", texts);
    }

    /** PostgreSQL's text has no NUL; only reasons can have one, JSON escapes it. */
    private static @Nullable String storable(@Nullable String text) {
        return text == null ? null : text.replace('\0', '\ufffd');
    }
}
