package io.plumbline.stores.replication;

import io.plumbline.stores.postgres.QuotedName;
import io.plumbline.topics.config.OutboxConfig;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The publication of an outbox table's new rows. Only insertions are published: marks and clean-up never reach the
 * capture.
 */
public final class OutboxPublication {

    private OutboxPublication() {}

    /**
     * Makes sure that the table and the columns are there and that the publication has the table; returns its name.
     * Throws {@link IllegalStateException} that says what to correct.
     */
    public static CapturedTable ensure(SourceLog log, OutboxConfig outbox) {
        CapturedTable table = table(log, outbox);
        List<String> missing = Stream.of(
                        outbox.id(),
                        outbox.aggregateType(),
                        outbox.aggregateId(),
                        outbox.eventType(),
                        outbox.payload(),
                        outbox.version())
                .filter(Objects::nonNull)
                .filter(column -> !hasColumn(log, table, column))
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    "the outbox table '" + outbox.table() + "' has no column " + missing + ": correct outbox");
        }
        publish(log, outbox.publication(), table);
        return table;
    }

    private static CapturedTable table(SourceLog log, OutboxConfig outbox) {
        CapturedTable table = log.maybe(
                """
                SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.oid = to_regclass(?) AND c.relkind IN ('r', 'p')
                """, row -> new CapturedTable(row.getString(1), row.getString(2)), QuotedName.ofTable(outbox.table()));
        if (table == null) {
            throw new IllegalStateException(
                    "PostgreSQL has no table '" + outbox.table() + "': correct outbox.table, or create it");
        }
        return table;
    }

    private static boolean hasColumn(SourceLog log, CapturedTable table, String column) {
        return log.one("""
                SELECT count(*) > 0 FROM pg_attribute
                WHERE attrelid = to_regclass(?) AND attname = ? AND NOT attisdropped AND attnum > 0
                """, row -> row.getBoolean(1), quoted(table), column);
    }

    private static void publish(SourceLog log, String publication, CapturedTable table) {
        boolean there = log.one(
                "SELECT count(*) > 0 FROM pg_publication WHERE pubname = ?", row -> row.getBoolean(1), publication);
        if (!there) {
            log.execute("CREATE PUBLICATION " + QuotedName.of(publication) + " FOR TABLE " + quoted(table)
                    + " WITH (publish = 'insert', publish_via_partition_root = true)");
        } else if (!isPublished(log, publication, table)) {
            log.execute("ALTER PUBLICATION " + QuotedName.of(publication) + " ADD TABLE " + quoted(table));
        }
    }

    private static boolean isPublished(SourceLog log, String publication, CapturedTable table) {
        return log.one("""
                SELECT count(*) > 0 FROM pg_publication_tables
                WHERE pubname = ? AND schemaname = ? AND tablename = ?
                """, row -> row.getBoolean(1), publication, table.schema(), table.name());
    }

    private static String quoted(CapturedTable table) {
        return QuotedName.of(table.schema()) + "." + QuotedName.of(table.name());
    }
}
