package io.plumbline.stores.journal;

import io.plumbline.stores.ReportTable;
import io.plumbline.topics.json.Json;
import io.plumbline.topics.record.Report;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The table {@code reconciliation_reports}: each run's newest report, with the columns that people ask for. */
public final class PostgresReportTable implements ReportTable {

    private final PlumblineSchema schema;
    private final String table;

    /** @param schemaName where the table is, made if it is not there */
    public PostgresReportTable(DataSource source, String schemaName) {
        schema = new PlumblineSchema(source, schemaName);
        table = schema.table("reconciliation_reports");
    }

    @Override
    public void keep(List<Report> reports) {
        String sql = """
                INSERT INTO %s AS r (run_id, job, kind, dataset, status, started_at, updated_at, ended_at, report)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::json)
                ON CONFLICT (run_id) DO UPDATE SET
                  status = excluded.status, updated_at = excluded.updated_at, ended_at = excluded.ended_at,
                  report = excluded.report
                WHERE r.updated_at <= excluded.updated_at
                """.formatted(table);
        schema.each(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (Report report : newest(reports)) {
                    set(statement, report);
                    statement.addBatch();
                }
                return statement.executeBatch();
            }
        });
    }

    /** The last of each run, which is its newest, in the order of run ids, so that batches cannot deadlock. */
    private static Collection<Report> newest(List<Report> reports) {
        TreeMap<String, Report> newest = new TreeMap<>();
        for (Report report : reports) {
            newest.merge(report.runId(), report, (old, now) -> now.updatedAt().isBefore(old.updatedAt()) ? old : now);
        }
        return newest.values();
    }

    private static void set(PreparedStatement statement, Report report) throws SQLException {
        statement.setString(1, report.runId());
        statement.setString(2, report.job());
        statement.setString(3, report.kind());
        statement.setString(4, report.dataset());
        statement.setString(5, Json.MAPPER.convertValue(report.status(), String.class));
        statement.setObject(6, utc(report.startedAt()));
        statement.setObject(7, utc(report.updatedAt()));
        statement.setObject(8, utc(report.endedAt()));
        // PostgreSQL cannot take a JSON value apart that has a NUL in it.
        statement.setString(9, Json.text(report).replace("\\u0000", "\\ufffd"));
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
