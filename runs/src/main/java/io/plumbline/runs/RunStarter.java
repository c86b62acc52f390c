package io.plumbline.runs;

import io.plumbline.topics.config.JobConfig;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.RunRequest;
import io.plumbline.topics.record.RunStatus;
import io.plumbline.topics.record.Work;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes requests, each once, and starts their runs when it is their turn. A run starts by the clock, not by its
 * request: whoever wrote that may have had another time.
 */
final class RunStarter {

    private static final Logger LOG = LoggerFactory.getLogger(RunStarter.class);

    private final Jobs jobs;
    private final Timers timers;
    private final Runs runs;
    private final Groups groups;
    private final HeldEntities held;
    private final WorkDesk work;
    private final Findings findings;
    private final Reports reports;
    private final RunFinisher finisher;

    RunStarter(RunContext context, Runs runs, Groups groups, WorkDesk work, Reports reports, RunFinisher finisher) {
        jobs = context.jobs();
        timers = context.timers();
        held = new HeldEntities(context.state());
        findings = new Findings(context.state());
        this.runs = runs;
        this.groups = groups;
        this.work = work;
        this.reports = reports;
        this.finisher = finisher;
    }

    /** A request is put into line, skipped with a report, or ignored where it is known already. */
    void request(RunRequest request, Instant now) {
        if (!runs.isNew(request.runId(), now)) {
            LOG.debug("run {} was asked for before", request.runId());
            return;
        }
        String inTheWay = groups.take(request);
        if (inTheWay != null) {
            String rest = request.remaining().isEmpty() ? "" : "; nor run " + String.join(", ", request.remaining());
            String reason = "overlap: %s of group %s goes on%s".formatted(inTheWay, request.group(), rest);
            NoRun skipped = NoRun.of(request, kindName(request), subject(request), now, reason);
            finisher.endWithoutRun(skipped, RunStatus.SKIPPED, request.group(), now);
        }
    }

    /** Starts the next run of a group whose turn it is; {@code null} where there is none, or it ended at once. */
    @Nullable
    OpenRun start(String group, Instant now) {
        RunRequest request = groups.next(group);
        if (request == null) {
            return null;
        }
        JobConfig job = jobs.configured().get(request.job());
        JobKind kind = job == null ? null : jobs.kind(request, job);
        String subject = subject(request);
        RunSettings settings = subject == null ? null : jobs.settings(subject);
        if (job == null || kind == null || settings == null) {
            String reason = "job '%s' is no longer configured, or not what it is about".formatted(request.job());
            NoRun failed = NoRun.of(request, kindName(request), subject, now, reason);
            finisher.endWithoutRun(failed, RunStatus.FAILED, group, now);
            finisher.leave(request, now);
            return null;
        }
        Run run = new Run(
                request,
                kind.name(),
                settings.subject(),
                Run.Phase.COMPARING,
                request.approve() == null ? kind.scope(request, job) : null,
                now,
                now.plus(settings.deadline()),
                null,
                null,
                RunStatus.RUNNING,
                null,
                false);
        OpenRun open = new OpenRun(run, new Tally(Ledger.of(kind.counters())), kind, settings);
        runs.create(open);
        RunLog.began(run);
        timers.set(now.plus(settings.deadline()), Timer.Kind.DEADLINE, run.id());
        return begin(open, job, now);
    }

    private @Nullable OpenRun begin(OpenRun open, JobConfig job, Instant now) {
        RunRequest request = open.run().request();
        List<Work> works =
                request.approve() == null ? open.kind.begin(request, job, now) : approved(request.approve(), open);
        if (works.isEmpty()) {
            findings.note(open, nothingToDo(request));
            finisher.end(open, request.approve() == null ? RunStatus.COMPLETED : RunStatus.SKIPPED, now);
            return null;
        }
        work.append(open, works);
        reports.progress(open, now);
        return open;
    }

    private List<Work> approved(String runId, OpenRun open) {
        List<EntityKey> entities = held.of(runId).stream()
                .filter(entity -> entity.dataset().equals(open.run().subject()))
                .toList();
        return open.kind.lookAfresh(entities, open.run().subject());
    }

    private static String nothingToDo(RunRequest request) {
        if (request.approve() != null) {
            return "no entity of run %s waits for an approval".formatted(request.approve());
        }
        return request.dryRun() ? "a dry run of this job does nothing" : "nothing is configured to be done";
    }

    private String kindName(RunRequest request) {
        JobConfig job = jobs.configured().get(request.job());
        JobKind kind = job == null ? null : jobs.kind(request, job);
        return kind == null ? NoRun.NO_KIND : kind.name();
    }

    private @Nullable String subject(RunRequest request) {
        JobConfig job = jobs.configured().get(request.job());
        return job == null ? null : job.subject();
    }
}
