package io.plumbline.cli;

import io.plumbline.runtime.Received;
import io.plumbline.runtime.TopicReader;
import io.plumbline.topics.record.Report;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code reports}: how runs stand. */
@Command(name = "reports", description = "Shows the latest report of each run.")
final class ReportsCommand extends ClientCommand {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final List<String> COLUMNS =
            List.of("run", "status", "started", "took", "checked", "matched", "drift", "repaired", "held", "open");
    private static final Set<String> FIGURES =
            Set.of("took", "checked", "matched", "drift", "repaired", "held", "open");

    @Option(names = "--follow", description = "Then show reports as they come, until Ctrl-C.")
    private boolean follow;

    @Option(names = "--run", paramLabel = "RUN", description = "Only this run, in full.")
    private @Nullable String run;

    @Option(names = "--job", paramLabel = "JOB", description = "Only runs of this job.")
    private @Nullable String job;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "30", description = "The newest N runs (default: 30).")
    private int limit;

    ReportsCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Cluster cluster, Console console) {
        if (!follow) {
            showLatest(cluster, console);
            return ExitCodes.COMPLETED;
        }
        try (TopicReader<Report> reports = cluster.follow(cluster.topics().reconciliationReport)) {
            showLatest(cluster, console);
            while (!Thread.currentThread().isInterrupted()) {
                cluster.poll(reports, POLL).stream()
                        .map(Received::value)
                        .filter(this::isWanted)
                        .forEach(report -> show(report, console));
            }
        }
        return ExitCodes.COMPLETED;
    }

    private void showLatest(Cluster cluster, Console console) {
        List<Report> all = cluster.latest(cluster.topics().reconciliationReport).values().stream()
                .filter(this::isWanted)
                .sorted(Comparator.comparing(Report::startedAt).thenComparing(Report::runId))
                .toList();
        List<Report> newest = all.subList(Math.max(0, all.size() - limit), all.size());
        if (run != null && newest.isEmpty() && !follow) {
            throw new CliException(
                    ExitCodes.USAGE, "there is no report of run '%s'; 'reports' lists the runs".formatted(run));
        }
        if (json() || run != null) {
            newest.forEach(report -> show(report, console));
        } else {
            console.line(table(newest));
        }
    }

    private boolean isWanted(Report report) {
        return (run == null || run.equals(report.runId())) && (job == null || job.equals(report.job()));
    }

    private void show(Report report, Console console) {
        if (json()) {
            console.json(report);
        } else {
            console.line(ReportText.of(report));
        }
    }

    private static String table(List<Report> reports) {
        Table table = new Table(COLUMNS, FIGURES);
        for (Report report : reports) {
            long drift = report.counter("missing") + report.counter("different") + report.counter("extra");
            table.row(
                    report.runId(),
                    ReportText.word(report.status()),
                    report.startedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                    ReportText.took(report),
                    Long.toString(report.counter("checked")),
                    Long.toString(report.counter("matched")),
                    Long.toString(drift),
                    Long.toString(report.counter("repaired")),
                    Long.toString(report.counter("held")),
                    report.progress() == null
                            ? ""
                            : Long.toString(report.progress().casesOpen()));
        }
        return table.text();
    }
}
