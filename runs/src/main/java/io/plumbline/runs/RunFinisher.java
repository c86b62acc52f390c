package io.plumbline.runs;

import io.plumbline.topics.record.Checkpoint;
import io.plumbline.topics.record.RunEnd;
import io.plumbline.topics.record.RunRequest;
import io.plumbline.topics.record.RunStatus;
import io.plumbline.topics.record.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Ends runs: final report, run end, checkpoint, the next step of a sequence, the group's next turn. */
final class RunFinisher {

    private static final Set<RunStatus> VOUCHING =
            EnumSet.of(RunStatus.COMPLETED, RunStatus.COMPLETED_WITH_FAILURES, RunStatus.HELD);

    private final Runs runs;
    private final Groups groups;
    private final Sequence sequence;
    private final Findings findings;
    private final Reports reports;
    private final RunOutput output;
    private final RunMeters meters;

    RunFinisher(RunContext context, Runs runs, Groups groups, Reports reports) {
        sequence = new Sequence(context.jobs());
        findings = new Findings(context.state());
        output = context.output();
        meters = context.meters();
        this.runs = runs;
        this.groups = groups;
        this.reports = reports;
    }

    /** All is done that was to be done. */
    void finish(OpenRun open, Instant now) {
        end(open, RunOutcome.of(open.kind, open.tally.ledger.counters()), now);
    }

    /** The time is over: what is open counts as its kind says, and the report says what is missing. */
    void deadline(OpenRun open, Instant now) {
        Tally tally = open.tally;
        if (!tally.workIsComplete()) {
            findings.note(
                    open,
                    "deadline: %d of %d pieces of work were not done%s"
                            .formatted(
                                    tally.known - tally.finished,
                                    tally.known,
                                    tally.planning == 0 ? "" : ", and not all work was known yet"));
        }
        long undecided = tally.casesOpen();
        tally.ledger = tally.ledger.plus(open.kind.atDeadline(tally.ledger.counters(), undecided));
        if (undecided > 0) {
            findings.note(open, "deadline: %d entities were not decided".formatted(undecided));
            tally.suspected = 0;
            tally.confirmed = 0;
            tally.decided = 0;
        }
        end(open, RunStatus.FAILED, now);
    }

    void end(OpenRun open, RunStatus status, Instant now) {
        Run run = open.run().ended(status, now);
        open.become(run);
        reports.ended(open, now);
        output.end(
                new RunEnd(run.id(), run.request().job(), run.group(), status, now),
                run.request().cause(),
                now);
        checkpoint(open, run, now);
        RunLog.ended(run, status, Duration.between(run.startedAt(), now));
        meters.ended(
                run.subject(),
                run.kind(),
                status,
                Duration.between(run.startedAt(), now),
                open.tally.ledger.counters());
        runs.remove(run.id());
        leave(run.request(), now);
    }

    /** A request that became no run. */
    void endWithoutRun(NoRun no, RunStatus status, String group, Instant now) {
        output.report(Reports.ofNoRun(no, status), now);
        output.end(new RunEnd(no.runId(), no.job(), group, status, now), no.cause(), now);
        RunLog.refused(no, status);
        String subject = no.subject() == null ? NoRun.NO_KIND : no.subject();
        meters.ended(subject, no.kind(), status, Duration.ZERO, Map.of());
    }

    /** The group is free for the next, and a sequence goes on. */
    void leave(RunRequest request, Instant now) {
        RunRequest next = sequence.next(request, now);
        if (next != null) {
            output.request(next, now);
        }
        groups.release(request.group(), request.runId());
    }

    private void checkpoint(OpenRun open, Run run, Instant now) {
        Scope scope = run.scope();
        if (scope == null || scope.kind() == Scope.Kind.KEYS || !open.kind.vouches()) {
            return;
        }
        if (VOUCHING.contains(run.status()) && open.tally.ledger.count(WorkDesk.SKIPPED) == 0) {
            String name = scope.kind().name().toLowerCase(Locale.ROOT);
            output.checkpoint(new Checkpoint(run.subject(), name, run.id(), run.vouchesUpTo(), now), now);
        }
    }
}
