package io.plumbline.runs;

import io.plumbline.runs.StateStore.Form;
import io.plumbline.topics.config.BreakerConfig;
import io.plumbline.topics.record.CaseEvent;
import io.plumbline.topics.record.CaseEvent.Decision;
import io.plumbline.topics.record.Cause;
import io.plumbline.topics.record.RunEnd;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.RunIds;
import io.plumbline.topics.record.RunRequest;
import io.plumbline.topics.record.RunStatus;
import io.plumbline.topics.record.WhenBusy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The runs of what the streams find between scheduled runs: one per subject and hour. Nobody asks for them.
 *
 * <ol>
 *   <li>The first event of an hour's run opens it.
 *   <li>Every confirmed drift is decided at once, and what needs no decision is counted; the breaker counts, over a sliding window that outlives the hour, what
 *       would be repaired, so that it stays open while a storm lasts.
 *   <li>The run ends when its hour is over by a minute and none of its drifts is open. A later event opens it again.
 * </ol>
 */
final class ContinuousRuns {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Form<SlidingWindow> WINDOW = new Form<>(SlidingWindow.class);

    private final Jobs jobs;
    private final Runs runs;
    private final OpenCases openCases;
    private final CaseDesk cases;
    private final StateStore state;
    private final Findings findings;
    private final Reports reports;
    private final Timers timers;
    private final RunOutput output;
    private final RunMeters meters;

    ContinuousRuns(RunContext context, Runs runs, CaseDesk cases, Reports reports) {
        jobs = context.jobs();
        state = context.state();
        timers = context.timers();
        output = context.output();
        meters = context.meters();
        openCases = new OpenCases(state);
        findings = new Findings(state);
        this.runs = runs;
        this.cases = cases;
        this.reports = reports;
    }

    /** The continuous run that an event belongs to, open; {@code null} where it belongs to none. */
    @Nullable
    OpenRun of(RunEvent event, Instant now) {
        OpenRun open = runs.open(event.runId());
        if (open == null) {
            return create(event, now);
        }
        if (open.isContinuous() && open.run().status() != RunStatus.RUNNING) {
            open.become(open.run().reopened());
            timers.set(now.plus(PAUSE), Timer.Kind.CONTINUOUS_END, open.id());
            reports.progress(open, now);
        }
        return open.isContinuous() ? open : null;
    }

    void confirmed(OpenRun open, RunEvent.CaseConfirmed confirmed, Instant now) {
        CaseState known = openCases.get(open, confirmed.entity());
        DecisionRule rule = new DecisionRule(open.run().request(), open.settings.repairs());
        boolean repairable = rule.allowsRepair(confirmed.drift());
        if (known == null) {
            open.tally.decided++;
            count(open, now, repairable ? 1 : 0, 1);
        }
        String hold = repairable ? breaker(open, now) : null;
        Decision decision = rule.decide(confirmed.drift(), hold != null);
        if (hold != null && (known == null || known.decision() != Decision.HOLD)) {
            findings.note(open, "held by the breaker of the fast way");
        }
        openCases.put(open, confirmed.entity(), CaseState.decided(confirmed.drift(), decision));
        output.caseEvent(
                new CaseEvent.Decided(confirmed.entity(), open.id(), decision),
                open.run().request().cause(),
                now);
    }

    void closed(OpenRun open, RunEvent.CaseClosed closed, Instant now) {
        open.tally.count(open.kind.namedCounter(), 1);
        if (!cases.closed(open, closed)) {
            cases.count(open, closed);
            count(open, now, 0, 1);
        }
    }

    /** Ends a run whose hour is over, or looks again later. */
    void end(OpenRun open, Instant now) {
        Run run = open.run();
        if (run.status() != RunStatus.RUNNING) {
            return;
        }
        Instant hourEnd = RunIds.continuousEnd(run.subject(), run.id());
        Instant earliest = hourEnd == null ? now : hourEnd.plus(PATIENCE);
        if (open.tally.casesOpen() > 0 || now.isBefore(earliest)) {
            Instant later = now.plus(PAUSE);
            timers.set(later.isBefore(earliest) ? earliest : later, Timer.Kind.CONTINUOUS_END, run.id());
            return;
        }
        RunStatus status = RunOutcome.of(open.kind, open.tally.ledger.counters());
        open.become(run.ended(status, now));
        reports.ended(open, now);
        if (!run.endAnnounced()) {
            output.end(
                    new RunEnd(run.id(), run.request().job(), run.group(), status, now),
                    run.request().cause(),
                    now);
            meters.ended(
                    run.subject(),
                    "continuous",
                    status,
                    Duration.between(run.startedAt(), now),
                    open.tally.ledger.counters());
        }
    }

    private @Nullable OpenRun create(RunEvent event, Instant now) {
        String subject = event.subject();
        Instant hourEnd = RunIds.continuousEnd(subject, event.runId());
        Jobs.Continuous continuous = jobs.continuous(subject);
        RunSettings settings = jobs.settings(subject);
        if (hourEnd == null || continuous == null || settings == null) {
            return null;
        }
        Cause cause = new Cause(Cause.Kind.CONTINUOUS, null, null, null, null, null);
        RunRequest request = new RunRequest(
                event.runId(),
                settings.group(),
                continuous.job(),
                List.of(),
                cause,
                null,
                false,
                WhenBusy.QUEUE,
                null,
                null,
                now);
        Run run = new Run(
                request,
                continuous.kind().name(),
                subject,
                Run.Phase.CONTINUOUS,
                null,
                now,
                null,
                null,
                null,
                RunStatus.RUNNING,
                null,
                false);
        JobKind kind = continuous.kind();
        OpenRun open = new OpenRun(run, new Tally(Ledger.of(kind.counters())), kind, settings);
        runs.isNew(run.id(), now);
        runs.create(open);
        timers.set(hourEnd.plus(PATIENCE), Timer.Kind.CONTINUOUS_END, run.id());
        reports.progress(open, now);
        return open;
    }

    private @Nullable String breaker(OpenRun open, Instant now) {
        BreakerConfig breaker = open.settings.repairs().breaker();
        SlidingWindow window = window(open);
        return new Breaker(breaker)
                .trips(window.repairs(now, breaker.slidingWindow()), window.checked(now, breaker.slidingWindow()));
    }

    private void count(OpenRun open, Instant now, long repairs, long checked) {
        Duration length = open.settings.repairs().breaker().slidingWindow();
        state.put(key(open), window(open).plus(now, repairs, checked, length), WINDOW);
    }

    private SlidingWindow window(OpenRun open) {
        SlidingWindow window = state.get(key(open), WINDOW);
        return window == null ? SlidingWindow.EMPTY : window;
    }

    private static String key(OpenRun open) {
        return StateStore.key("window", open.run().subject());
    }
}
