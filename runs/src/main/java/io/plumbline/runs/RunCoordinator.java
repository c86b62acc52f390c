package io.plumbline.runs;

import io.plumbline.runtime.ClockProposals;
import io.plumbline.topics.record.ClockTime;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.RunRequest;
import io.plumbline.topics.record.RunStatus;
import io.plumbline.topics.record.WorkAnswer;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Coordinates the runs of a partition's exclusive groups; it only brings each record to the part that deals with it.
 *
 * <ol>
 *   <li>A request waits for its group's turn; its run's first work is handed out.
 *   <li>Answers bring more work, counts and suspects; cases bring what was confirmed and how each closed.
 *   <li>After each of them the run goes as far as it can: more work, the breaker and its decisions, the end.
 *   <li>What is due is proposed to the clock's topic, and done when that record comes back.
 * </ol>
 */
final class RunCoordinator implements Processor<String, Object, String, Object> {

    private static final Duration LOOK_AT_CLOCK = Duration.ofMillis(50);
    private static final int TIMERS_AT_ONCE = 500;
    private static final Logger LOG = LoggerFactory.getLogger(RunCoordinator.class);

    private final Jobs jobs;
    private final RunTopics topics;
    private final RunMeters meters;
    private final ClockProposals proposals = new ClockProposals();

    private @Nullable Desks desks;
    private int partition;
    private Instant clock = Instant.EPOCH;

    RunCoordinator(Jobs jobs, RunTopics topics, RunMeters meters) {
        this.jobs = jobs;
        this.topics = topics;
        this.meters = meters;
    }

    /** The parts, made anew whenever Kafka Streams begins anew with the stores. */
    private record Desks(
            Timers timers,
            RunOutput output,
            Runs runs,
            Groups groups,
            Reports reports,
            CaseDesk cases,
            WorkDesk work,
            RunFinisher finisher,
            RunStarter starter,
            ContinuousRuns continuous) {

        static Desks of(RunContext context) {
            Runs runs = new Runs(context);
            Groups groups = new Groups(context);
            Reports reports = new Reports(context);
            CaseDesk cases = new CaseDesk(context);
            WorkDesk work = new WorkDesk(context, cases);
            RunFinisher finisher = new RunFinisher(context, runs, groups, reports);
            RunStarter starter = new RunStarter(context, runs, groups, work, reports, finisher);
            ContinuousRuns continuous = new ContinuousRuns(context, runs, cases, reports);
            return new Desks(
                    context.timers(),
                    context.output(),
                    runs,
                    groups,
                    reports,
                    cases,
                    work,
                    finisher,
                    starter,
                    continuous);
        }
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        desks = Desks.of(new RunContext(
                jobs,
                new StateStore(context.getStateStore(RunStores.STATE)),
                new Timers(context.getStateStore(RunStores.TIMERS)),
                new RunOutput(context, topics),
                meters));
        partition = context.taskId().partition();
        clock = Instant.EPOCH;
        context.schedule(LOOK_AT_CLOCK, PunctuationType.WALL_CLOCK_TIME, this::propose);
    }

    @Override
    public void process(Record<String, Object> record) {
        Instant written = Instant.ofEpochMilli(record.timestamp());
        Instant now = written.isBefore(clock) ? clock : written;
        switch (record.value()) {
            case null -> LOG.warn("a record without a value, of key {}, is ignored", record.key());
            case RunRequest request -> desks().starter.request(request, now);
            case WorkAnswer answer -> answered(answer, now);
            case RunEvent event -> happened(event, now);
            case ClockTime time -> tick(time);
            default ->
                throw new IllegalArgumentException(record.value().getClass().getName());
        }
    }

    private void answered(WorkAnswer answer, Instant now) {
        OpenRun open = desks().runs.open(answer.runId());
        if (open != null && desks().work.answer(open, answer, now)) {
            goOn(open, now);
        }
    }

    private void happened(RunEvent event, Instant now) {
        OpenRun continuous = desks().continuous.of(event, now);
        if (continuous != null) {
            switch (event) {
                case RunEvent.CaseConfirmed confirmed -> desks().continuous.confirmed(continuous, confirmed, now);
                case RunEvent.CaseClosed closed -> desks().continuous.closed(continuous, closed, now);
                case RunEvent.CaseSettled settled -> desks().cases.count(continuous, settled);
                case RunEvent.Counted counted -> desks().cases.count(continuous, counted);
            }
            desks().reports.changed(continuous, now);
            desks().runs.save(continuous);
            return;
        }
        OpenRun open = desks().runs.open(event.runId());
        if (open == null) {
            return;
        }
        switch (event) {
            case RunEvent.CaseConfirmed confirmed -> desks().cases.confirmed(open, confirmed, now);
            case RunEvent.CaseClosed closed -> desks().cases.closed(open, closed);
            case RunEvent.CaseSettled settled -> desks().cases.settled(open, settled);
            case RunEvent.Counted counted -> desks().cases.count(open, counted);
        }
        goOn(open, now);
    }

    private void tick(ClockTime time) {
        clock = time.at();
        proposals.readBack(clock.toEpochMilli());
        desks().timers.takeDue(clock, TIMERS_AT_ONCE).forEach(this::due);
    }

    private void due(Timer timer) {
        Desks desks = desks();
        switch (timer.kind()) {
            case START -> {
                OpenRun started = desks.starter.start(timer.about(), clock);
                if (started != null) {
                    goOn(started, clock);
                }
            }
            case SWEEP -> desks.runs.sweep(timer.about());
            case FORGET -> desks.runs.forget(timer.about(), clock);
            case REPORT, RESEND, DECIDE, DEADLINE, CONTINUOUS_END -> dueForRun(timer);
        }
    }

    private void dueForRun(Timer timer) {
        Desks desks = desks();
        String[] about = timer.about().split("\n", 2);
        OpenRun open = desks.runs.open(about[0]);
        if (open == null) {
            orphaned(timer);
            return;
        }
        switch (timer.kind()) {
            case REPORT -> {
                desks.reports.progress(open, clock);
                desks.runs.save(open);
                return;
            }
            case RESEND -> desks.work.resend(open, Integer.parseInt(about[1]), clock);
            case DECIDE -> desks.cases.decideSome(open, clock);
            case CONTINUOUS_END -> desks.continuous.end(open, clock);
            case DEADLINE -> {
                desks.finisher.deadline(open, clock);
                return;
            }
            case START, SWEEP, FORGET -> throw new IllegalArgumentException(timer.toString());
        }
        goOn(open, clock);
    }

    /** A run whose subject is no longer configured ends at its deadline. */
    private void orphaned(Timer timer) {
        Run run = desks().runs.stored(timer.about());
        if (timer.kind() == Timer.Kind.DEADLINE && run != null) {
            String reason = "'%s' is no longer configured".formatted(run.subject());
            NoRun failed = NoRun.of(run.request(), run.kind(), run.subject(), clock, reason);
            desks().finisher.endWithoutRun(failed, RunStatus.FAILED, run.group(), clock);
            desks().runs.remove(run.id());
            desks().finisher.leave(run.request(), clock);
        }
    }

    /** Goes as far as the run can for now. */
    private void goOn(OpenRun open, Instant now) {
        if (open.isContinuous()) {
            desks().runs.save(open);
            return;
        }
        desks().work.send(open, now);
        if (desks().cases.advance(open, now)) {
            desks().finisher.finish(open, now);
        } else {
            desks().reports.changed(open, now);
            desks().runs.save(open);
        }
    }

    /** Says what time it is where something is due, and decides nothing: see {@link ClockTime}. */
    private void propose(long wallClock) {
        Instant at = Instant.ofEpochMilli(wallClock);
        long earliest = desks().timers.anyDue(at) ? wallClock : Long.MAX_VALUE;
        if (proposals.propose(wallClock, earliest)) {
            desks().output.clock(new ClockTime(partition, at));
        }
    }

    private Desks desks() {
        if (desks == null) {
            throw new IllegalStateException("not initialised");
        }
        return desks;
    }
}
