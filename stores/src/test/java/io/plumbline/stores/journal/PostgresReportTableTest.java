package io.plumbline.stores.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.stores.TestPostgres;
import io.plumbline.topics.record.Cause;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostgresReportTableTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final String SELECT =
            "SELECT run_id, status, report->>'status', report->'counters'->>'checked', ended_at IS NULL"
                    + " FROM plumbline.reconciliation_reports ORDER BY run_id";

    private final TestPostgres database = TestPostgres.newDatabase();
    private final PostgresReportTable table = new PostgresReportTable(database.source(), "plumbline");

    @Test
    void shouldKeepTheNewestOfEachRun() {
        table.keep(List.of(report("a", 1, RunStatus.RUNNING), report("b", 1, RunStatus.RUNNING)));
        table.keep(List.of(report("a", 2, RunStatus.RUNNING), report("a", 3, RunStatus.COMPLETED_WITH_FAILURES)));

        assertThat(database.rows(SELECT))
                .containsExactly("a|completed-with-failures|completed-with-failures|3|f", "b|running|running|1|t");
    }

    @Test
    void shouldNotLetAnOlderReportReplaceANewerOne() {
        table.keep(List.of(report("a", 3, RunStatus.COMPLETED)));
        table.keep(List.of(report("a", 2, RunStatus.RUNNING)));
        table.keep(List.of(report("a", 3, RunStatus.COMPLETED), report("a", 1, RunStatus.RUNNING)));

        assertThat(database.rows(SELECT)).containsExactly("a|completed|completed|3|f");
    }

    @Test
    void shouldLetAContinuousRunGoOn() {
        table.keep(List.of(report("a", 3, RunStatus.COMPLETED)));
        table.keep(List.of(report("a", 4, RunStatus.RUNNING)));

        assertThat(database.rows(SELECT)).containsExactly("a|running|running|4|t");
    }

    @Test
    void shouldKeepTextsThatPostgresHasNoCharacterFor() {
        Report odd = new Report(
                "a",
                "mail",
                "documents",
                "mail",
                null,
                new Cause(Cause.Kind.MANUAL, null, null, "1", "who\0", null),
                null,
                false,
                RunStatus.RUNNING,
                START,
                START,
                null,
                null,
                Map.of(),
                null,
                List.of(),
                null,
                Map.of(),
                List.of(),
                List.of(),
                List.of("a\0note"),
                null,
                null);

        table.keep(List.of(odd));

        assertThat(database.rows(SELECT)).hasSize(1);
    }

    private static Report report(String run, int second, RunStatus status) {
        Instant updated = START.plusSeconds(second);
        return new Report(
                run,
                "mail",
                "documents",
                "mail",
                "mail",
                new Cause(Cause.Kind.MANUAL, null, null, "1", null, null),
                null,
                false,
                status,
                START,
                updated,
                status.isFinal() ? updated : null,
                null,
                Map.of("checked", (long) second),
                null,
                List.of(),
                null,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null);
    }
}
