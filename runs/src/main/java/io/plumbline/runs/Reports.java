package io.plumbline.runs;

import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes runs' reports: at the start, at most every second while something changes, and at the end. */
final class Reports {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Findings findings;
    private final Timers timers;
    private final RunOutput output;

    Reports(RunContext context) {
        findings = new Findings(context.state());
        timers = context.timers();
        output = context.output();
    }

    /** Something changed: a report of progress is due within a second. */
    void changed(OpenRun open, Instant now) {
        if (!open.tally.reportDue) {
            open.tally.reportDue = true;
            timers.set(now.plus(PAUSE), Timer.Kind.REPORT, open.id());
        }
    }

    void progress(OpenRun open, Instant now) {
        open.tally.reportDue = false;
        if (open.run().status() == RunStatus.RUNNING) {
            output.report(report(open, now, null), now);
        }
    }

    void ended(OpenRun open, Instant now) {
        output.report(report(open, now, open.tally.ledger.violations(open.kind.equations())), now);
    }

    private Report report(OpenRun open, Instant now, @Nullable List<String> violations) {
        Run run = open.run();
        Tally tally = open.tally;
        Map<String, Long> counters = tally.ledger.counters();
        return new Report(
                run.id(),
                run.request().job(),
                run.kind(),
                run.subject(),
                run.group(),
                run.request().cause(),
                run.scope(),
                run.request().dryRun(),
                run.status(),
                run.startedAt(),
                now,
                run.endedAt(),
                run.deadline(),
                counters,
                violations == null ? null : violations.isEmpty(),
                violations == null ? List.of() : violations,
                new Report.Progress(tally.known, tally.finished, tally.planning == 0, tally.casesOpen()),
                findings.fieldDifferences(run.id()),
                findings.samples(run.id()),
                findings.unreadable(run.id()),
                findings.notes(run.id()),
                run.vouchesUpTo(),
                tally.held == 0 ? null : tally.held);
    }

    /** The report of a request that became no run. */
    static Report ofNoRun(NoRun no, RunStatus status) {
        return new Report(
                no.runId(),
                no.job(),
                no.kind(),
                no.subject(),
                no.group(),
                no.cause(),
                no.scope(),
                no.dryRun(),
                status,
                no.at(),
                no.at(),
                no.at(),
                null,
                Map.of(),
                true,
                List.of(),
                null,
                Map.of(),
                List.of(),
                List.of(),
                List.of(no.reason()),
                null,
                null);
    }
}
