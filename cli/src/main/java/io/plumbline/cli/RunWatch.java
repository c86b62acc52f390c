package io.plumbline.cli;

import io.plumbline.runtime.Received;
import io.plumbline.runtime.TopicReader;
import io.plumbline.topics.record.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Follows the reports of runs until the last has ended. */
final class RunWatch {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Cluster cluster;
    private final Console console;
    private final boolean json;

    RunWatch(Cluster cluster, Console console, boolean json) {
        this.cluster = cluster;
        this.console = console;
        this.json = json;
    }

    /** Prints each run's final report; returns the worst exit status. */
    int untilEnded(TopicReader<Report> reports, ExpectedRuns expected, @Nullable Duration timeout) {
        Instant end = timeout == null ? Instant.MAX : console.clock().instant().plus(timeout);
        Ended ended = new Ended(expected);
        follow(reports, ended, end);
        ended.reports().forEach(this::print);
        if (!ended.all()) {
            console.note("not ended within --timeout: it goes on, 'reports --follow' shows how");
            return ExitCodes.NOT_ENDED;
        }
        return worst(ended.reports());
    }

    private void follow(TopicReader<Report> reports, Ended ended, Instant end) {
        try (RunProgress progress = RunProgress.on(console, json)) {
            while (!ended.all() && console.clock().instant().isBefore(end)) {
                for (Received<Report> received : cluster.poll(reports, POLL)) {
                    Report report = received.value();
                    if (ended.concerns(report)) {
                        progress.show(report);
                        ended.note(report);
                    }
                }
            }
        }
    }

    private void print(Report report) {
        if (json) {
            console.json(report);
        } else {
            console.line(ReportText.of(report));
        }
    }

    private static int worst(List<Report> reports) {
        List<Integer> codes =
                reports.stream().map(r -> ExitCodes.of(r.status())).toList();
        for (int code : new int[] {ExitCodes.FAILED, ExitCodes.HELD, ExitCodes.SKIPPED}) {
            if (codes.contains(code)) {
                return code;
            }
        }
        return ExitCodes.COMPLETED;
    }
}
