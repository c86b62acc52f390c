package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.runtime.TraceHeaders;
import io.plumbline.topics.config.JobConfig;
import io.plumbline.topics.json.Json;
import io.plumbline.topics.record.Cause;
import io.plumbline.topics.record.Drift;
import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.FieldDifference;
import io.plumbline.topics.record.Gap;
import io.plumbline.topics.record.Job;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunStatus;
import io.plumbline.topics.record.Schedule;
import io.plumbline.topics.record.Schedule.Origin;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.Trace;
import io.plumbline.topics.record.Trigger;
import io.plumbline.topics.record.WhenBusy;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class PlumblineCliTest {

    private static final Instant NOW = Instant.parse("2026-11-21T22:00:00Z");

    private final RecordedCluster cluster = new RecordedCluster();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void addJobs() {
        addJob("clients", JobConfig.Kind.DOCUMENTS, List.of());
        addJob("clients-outbox-retry", JobConfig.Kind.OUTBOX_RETRY, List.of());
        addJob("clients-hourly", JobConfig.Kind.SEQUENCE, List.of("clients-outbox-retry", "clients"));
    }

    @Test
    void shouldListJobsWhenAsked() {
        assertThat(run("jobs")).isZero();

        assertThat(out.toString()).contains("clients-hourly", "sequence", "does clients");
    }

    @Test
    void shouldPrintOneJsonTextPerLineWhenAskedForJson() {
        assertThat(run("jobs", "--json")).isZero();

        assertThat(out.toString().lines().map(line -> Json.parse(line, JsonNode.class)))
                .hasSize(3)
                .anySatisfy(job -> {
                    assertThat(job.get("job").asText()).isEqualTo("clients");
                    assertThat(job.get("kind").asText()).isEqualTo("documents");
                });
    }

    @Test
    void shouldSendATriggerWhenAJobIsTriggered() {
        assertThat(run(
                        "trigger",
                        "clients",
                        "--keys",
                        "a/1,b%2fc",
                        "--dry-run",
                        "--request-id",
                        "r1",
                        "--skip-if-busy"))
                .isZero();

        assertThat(cluster.triggers).singleElement().satisfies(trigger -> {
            assertThat(trigger.job()).isEqualTo("clients");
            assertThat(trigger.keys()).containsExactly("a/1", "b%2fc");
            assertThat(trigger.dryRun()).isTrue();
            assertThat(trigger.full()).isNull();
            assertThat(trigger.requestId()).isEqualTo("r1");
            assertThat(trigger.whenBusy()).isEqualTo(WhenBusy.SKIP);
            assertThat(trigger.who()).isNotBlank();
        });
        assertThat(out.toString()).contains("requested run clients.r1");
    }

    @Test
    void shouldSendTheTraceContextInHeadersWhenATriggerHasOne() {
        String context = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        assertThat(run("trigger", "clients", "--request-id", "r1", "--traceparent", context))
                .isZero();

        assertThat(cluster.triggerHeaders)
                .singleElement()
                .extracting(TraceHeaders::read)
                .isEqualTo(new Trace("r1", context, null));
    }

    @Test
    void shouldSayWhatIsRightWhenATraceContextIsNotAsW3cDefinesIt() {
        assertThat(run("trigger", "clients", "--traceparent", "mine")).isEqualTo(ExitCodes.USAGE);

        assertThat(err.toString()).contains("--traceparent", "'mine' is no trace context; right is 00-");
        assertThat(cluster.triggers).isEmpty();
    }

    @Test
    void shouldSayWhichJobsThereAreWhenTheJobIsUnknown() {
        assertThat(run("trigger", "client")).isEqualTo(ExitCodes.USAGE);

        assertThat(err.toString())
                .isEqualToIgnoringNewLines(
                        "trigger: there is no job 'client'; there are: clients, clients-hourly, clients-outbox-retry");
        assertThat(cluster.triggers).isEmpty();
    }

    @Test
    void shouldRefuseWhenTwoExtentsAreGiven() {
        assertThat(run("trigger", "clients", "--full", "--window", "2h")).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void shouldAskForBothWhenAWindowAndKeysAreGiven() {
        assertThat(run("trigger", "clients", "--window", "2h", "--keys", "BTC/EUR"))
                .isZero();

        assertThat(cluster.triggers).singleElement().satisfies(trigger -> {
            assertThat(trigger.window()).isEqualTo(Duration.ofHours(2));
            assertThat(trigger.keys()).containsExactly("BTC/EUR");
        });
    }

    @Test
    void shouldReadDurationsAsTheConfigurationDoesWhenAWindowIsGiven() {
        assertThat(run("trigger", "clients", "--window", "1h30m")).isZero();

        assertThat(cluster.triggers)
                .singleElement()
                .satisfies(trigger -> assertThat(trigger.window()).isEqualTo(Duration.ofMinutes(90)));
    }

    @ParameterizedTest
    @CsvSource({
        "COMPLETED, 0",
        "COMPLETED_WITH_FAILURES, 1",
        "FAILED, 1",
        "HELD, 3",
        "SKIPPED, 4",
    })
    void shouldSayTheOutcomeByExitStatusWhenWaiting(RunStatus status, int code) {
        cluster.answer(trigger -> List.of(
                report("clients.other", RunStatus.FAILED),
                report("clients." + trigger.requestId(), RunStatus.RUNNING),
                report("clients." + trigger.requestId(), status)));

        assertThat(run("trigger", "clients", "--wait")).isEqualTo(code);

        assertThat(out.toString())
                .contains(status.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    @Test
    void shouldWaitForEveryStepWhenTheJobIsASequence() {
        cluster.answer(trigger -> {
            String first = "clients-outbox-retry." + trigger.requestId();
            return List.of(report(first, RunStatus.SKIPPED), report("clients.after." + first, RunStatus.COMPLETED));
        });

        assertThat(run("trigger", "clients-hourly", "--wait", "--json")).isEqualTo(ExitCodes.SKIPPED);

        assertThat(out.toString().lines()).hasSize(2);
    }

    @Test
    void shouldEndWhenTheRequestIsRefused() {
        cluster.answer(trigger -> List.of(report("clients-hourly." + trigger.requestId(), RunStatus.FAILED)));

        assertThat(run("trigger", "clients-hourly", "--wait")).isEqualTo(ExitCodes.FAILED);
    }

    @Test
    void shouldEndWhenTheTimeIsUp() {
        assertThat(run("trigger", "clients", "--wait", "--timeout", "0s")).isEqualTo(ExitCodes.NOT_ENDED);

        assertThat(err.toString()).contains("not ended within --timeout");
    }

    @Test
    void shouldShowTheLatestReportOfEachRunWhenAsked() {
        addReport(report("clients.1", RunStatus.RUNNING));
        addReport(report("clients.1", RunStatus.COMPLETED));
        addReport(report("clients.2", RunStatus.HELD));

        assertThat(run("reports")).isZero();

        assertThat(out.toString())
                .contains("clients.1", "completed", "clients.2", "held")
                .doesNotContain("running");
    }

    @Test
    void shouldSayWhatToDoWhenARunIsUnknown() {
        assertThat(run("reports", "--run", "nothing")).isEqualTo(ExitCodes.USAGE);

        assertThat(err.toString()).contains("there is no report of run 'nothing'");
    }

    @Test
    void shouldListOpenDriftsWhenThereAreSome() {
        EntityKey entity = EntityKey.of("clients", "a", "1");
        cluster.add(
                cluster.topics.drifts,
                entity.text(),
                new Drift(
                        entity,
                        DriftClass.DIFFERENT,
                        NOW.minusSeconds(90),
                        NOW,
                        "clients.1",
                        "held",
                        List.of(new FieldDifference("amount", "value", "10", "11")),
                        null));
        EntityKey closed = EntityKey.of("clients", "b", "2");
        cluster.add(cluster.topics.drifts, closed.text(), null);

        assertThat(run("drifts")).isZero();

        assertThat(out.toString())
                .contains("clients/a/1", "different", "held", "1m30s", "amount: source 10, target 11")
                .doesNotContain("clients/b/2");
    }

    @Test
    void shouldListTheOpenGapsAndAllWhenAskedTo() {
        SeriesKey series = new SeriesKey("coinbase", "BTC-EUR", "1m");
        addGap(new Gap("run.1", series, NOW, NOW, Gap.Silence.OUTAGE, Gap.Status.OPEN, NOW, null, 1, 0, 0, 0, 1, null));
        addGap(new Gap(
                "run.2",
                series,
                NOW,
                NOW,
                Gap.Silence.QUIET,
                Gap.Status.FAILED,
                NOW,
                NOW,
                1,
                0,
                0,
                0,
                1,
                "status 404"));

        assertThat(run("gaps")).isZero();
        assertThat(out.toString())
                .contains("coinbase:BTC-EUR:1m", "outage", "open")
                .doesNotContain("run.2");

        assertThat(run("gaps", "--all", "--exchange", "coinbase")).isZero();
        assertThat(out.toString()).contains("failed (status 404)");
    }

    private void addGap(Gap gap) {
        cluster.add(cluster.topics.gaps, gap.key(), gap);
    }

    @Test
    void shouldWriteAnOperatorsRecordWhenAScheduleIsPausedAndResumed() {
        addSchedule("clients-hourly", false);

        assertThat(run("schedules", "pause", "clients-hourly")).isZero();
        Schedule paused = cluster.last(cluster.topics.schedules);
        assertThat(run("schedules", "RESUME", "clients-hourly")).isZero();
        Schedule resumed = cluster.last(cluster.topics.schedules);

        assertThat(paused.paused()).isTrue();
        assertThat(paused.origin()).isEqualTo(Origin.OPERATOR);
        assertThat(paused.cron()).isEqualTo("0 * * * *");
        assertThat(resumed.paused()).isFalse();
    }

    @Test
    void shouldMarkAScheduleDeletedWhenItIsDeleted() {
        addSchedule("clients-hourly", false);

        assertThat(run("schedules", "delete", "clients-hourly")).isZero();
        assertThat(run("schedules", "pause", "clients-hourly")).isEqualTo(ExitCodes.USAGE);

        assertThat(cluster.last(cluster.topics.schedules).deleted()).isTrue();
        assertThat(err.toString()).contains("there is no schedule 'clients-hourly'");
    }

    @Test
    void shouldTakeTheJobFromTheReportWhenARunIsApproved() {
        addReport(report("clients.1", RunStatus.HELD));
        cluster.answer(trigger -> List.of(report("clients.approve." + trigger.requestId(), RunStatus.COMPLETED)));

        assertThat(run("approve", "clients.1", "--wait")).isZero();

        assertThat(cluster.triggers).singleElement().satisfies(trigger -> {
            assertThat(trigger.job()).isEqualTo("clients");
            assertThat(trigger.approve()).isEqualTo("clients.1");
        });
    }

    @Test
    void shouldRefuseToApproveOrUndoWhenThereIsNothingToIt() {
        addReport(report("clients.1", RunStatus.COMPLETED, Map.of("checked", 3L)));

        assertThat(run("approve", "clients.1")).isEqualTo(ExitCodes.USAGE);
        assertThat(run("undo", "clients.1")).isEqualTo(ExitCodes.USAGE);

        assertThat(cluster.triggers).isEmpty();
        assertThat(err.toString()).contains("holds nothing", "repaired nothing");
    }

    @Test
    void shouldAskForAnUndoWhenARunRepairedSomething() {
        addReport(report("clients.1", RunStatus.COMPLETED, Map.of("repaired", 3L)));

        assertThat(run("undo", "clients.1", "--json", "--request-id", "r")).isZero();

        assertThat(cluster.triggers).extracting(Trigger::undo).containsExactly("clients.1");
        assertThat(out.toString()).contains("\"runId\":\"clients.undo.r\"");
    }

    @Test
    void shouldSayThatPlumblineIsNotThereWhenATopicIsMissing() {
        cluster.removeTopic(cluster.topics.jobs);

        assertThat(run("jobs")).isEqualTo(ExitCodes.UNREACHABLE);

        assertThat(err.toString()).contains("there is no topic jobs at memory:1", "--topic-prefix");
    }

    @Test
    void shouldDocumentTheExitStatusWhenAskedForHelp() {
        assertThat(run("trigger", "--help")).isZero();

        assertThat(out.toString()).contains("Exit status:", "held by the breaker", "--window", "--bootstrap-server");
    }

    private int run(String... arguments) {
        Console console = new Console(
                new PrintWriter(out, true), new PrintWriter(err, true), false, Clock.fixed(NOW, ZoneOffset.UTC));
        CommandLine commands =
                PlumblineCli.addTo(new CommandLine(new PlumblineCli()), console, options -> cluster.open());
        commands.setOut(new PrintWriter(out, true));
        commands.setErr(new PrintWriter(err, true));
        return commands.execute(arguments);
    }

    private void addJob(String name, JobConfig.Kind kind, List<String> steps) {
        cluster.add(cluster.topics.jobs, name, new Job(kind, "clients", false, null, steps, "does " + name));
    }

    private void addSchedule(String name, boolean paused) {
        cluster.add(
                cluster.topics.schedules,
                name,
                new Schedule("0 * * * *", "UTC", name, null, paused, false, Origin.CONFIGURATION));
    }

    private void addReport(Report report) {
        cluster.add(cluster.topics.reconciliationReport, report.runId(), report);
    }

    private static Report report(String runId, RunStatus status) {
        return report(runId, status, Map.of("checked", 3L, "matched", 2L, "missing", 1L, "held", 1L));
    }

    private static Report report(String runId, RunStatus status, Map<String, Long> counters) {
        @Nullable Instant ended = status.isFinal() ? NOW : null;
        return new Report(
                runId,
                "clients",
                "documents",
                "clients",
                "clients",
                new Cause(Cause.Kind.MANUAL, null, null, "r", "someone", null),
                null,
                false,
                status,
                NOW.minusSeconds(3),
                NOW,
                ended,
                null,
                counters,
                true,
                List.of(),
                new Report.Progress(4, 2, true, 0),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null);
    }
}
