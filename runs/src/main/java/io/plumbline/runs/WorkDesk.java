package io.plumbline.runs;

import io.plumbline.runtime.Backoff;
import io.plumbline.topics.record.Work;
import io.plumbline.topics.record.WorkAnswer;
import io.plumbline.topics.record.WorkCommand;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Hands out a run's work, at most so many pieces at a time, and takes the answers.
 *
 * <ol>
 *   <li>An answer counts once: one to a piece that is over, or to an earlier sending of it, is ignored.
 *   <li>Failed: again with backoff, up to the attempts of its settings; then the run will end as failed, and the rest of
 *       its work goes on.
 *   <li>A store is away: again with backoff, which consumes no attempt, up to {@code unavailable-after}; then the piece
 *       is skipped, and where nothing was done in all that time, so is everything not yet sent.
 *   <li>Expired: the run's own deadline says the rest.
 * </ol>
 */
final class WorkDesk {

    static final String SKIPPED = "work-skipped";
    static final String FAILED = "work-failed";

    private final WorkQueue queue;
    private final CaseDesk cases;
    private final Findings findings;
    private final Timers timers;
    private final RunOutput output;

    WorkDesk(RunContext context, CaseDesk cases) {
        queue = new WorkQueue(context.state());
        findings = new Findings(context.state());
        timers = context.timers();
        output = context.output();
        this.cases = cases;
    }

    /** Adds to the end of a run's work. */
    void append(OpenRun open, List<Work> works) {
        queue.append(open, works);
    }

    /** Sends what may be outstanding. */
    void send(OpenRun open, Instant now) {
        while (open.tally.outstanding() < open.settings.outstanding()) {
            WorkItem next = queue.next(open);
            if (next == null) {
                return;
            }
            dispatch(open, open.tally.sent, next, now);
        }
    }

    /** Whether it was the first answer to that piece of work. */
    boolean answer(OpenRun open, WorkAnswer answer, Instant now) {
        WorkItem item = queue.get(open, answer.number());
        if (item == null || item.waiting() || item.attempt() != answer.attempt()) {
            return false;
        }
        switch (answer.status()) {
            case DONE -> done(open, item, answer, now);
            case FAILED -> failed(open, item, answer, now);
            case UNAVAILABLE -> unavailable(open, item, answer, now);
            case EXPIRED -> findings.note(open, "work " + answer.number() + " had expired before it was begun");
        }
        return true;
    }

    /** Sends a piece again whose pause is over. */
    void resend(OpenRun open, int number, Instant now) {
        WorkItem item = queue.get(open, number);
        if (item == null || !item.waiting()) {
            return;
        }
        if (open.tally.givenUp != null) {
            skip(open, number, item, open.tally.givenUp);
        } else {
            dispatch(open, number, item, now);
        }
    }

    private void done(OpenRun open, WorkItem item, WorkAnswer answer, Instant now) {
        Tally tally = open.tally;
        tally.lastDone = now;
        tally.givenUp = null;
        tally.ledger = tally.ledger.plus(answer.counters());
        answer.unreadable().forEach(entry -> findings.unreadable(open, entry));
        String position = answer.position();
        if (position != null && open.run().vouchesUpTo() == null) {
            open.become(open.run().vouchingUpTo(position));
        }
        queue.append(open, answer.next());
        queue.finish(open, answer.number(), item);
        answer.suspects().forEach(suspect -> cases.suspect(open, suspect, now));
        answer.undo().forEach(repair -> cases.undo(open, repair, now));
    }

    private void failed(OpenRun open, WorkItem item, WorkAnswer answer, Instant now) {
        WorkItem failed = item.failed();
        if (failed.failures() < open.settings.retry().attempts()) {
            later(open, answer.number(), failed, failed.failures(), now);
            return;
        }
        open.tally.count(FAILED, 1);
        findings.note(open, "work failed: " + reason(answer));
        queue.finish(open, answer.number(), item);
    }

    private void unavailable(OpenRun open, WorkItem item, WorkAnswer answer, Instant now) {
        WorkItem away = item.unavailable(now);
        Instant since = Objects.requireNonNull(away.unavailableSince());
        if (open.tally.givenUp == null && now.isBefore(since.plus(open.settings.unavailableAfter()))) {
            later(open, answer.number(), away, away.unavailable(), now);
            return;
        }
        skip(open, answer.number(), item, reason(answer));
        if (open.tally.lastDone == null || !open.tally.lastDone.isAfter(since)) {
            giveUp(open, reason(answer));
        }
    }

    /** Nothing was done since the store went away: what has not been sent would only wait as long again. */
    private void giveUp(OpenRun open, String reason) {
        open.tally.givenUp = reason;
        for (WorkItem unsent = queue.next(open); unsent != null; unsent = queue.next(open)) {
            skip(open, open.tally.sent, unsent, reason);
        }
    }

    private void skip(OpenRun open, int number, WorkItem item, String reason) {
        open.tally.count(SKIPPED, 1);
        findings.note(open, "work skipped: " + reason);
        queue.finish(open, number, item);
    }

    private void later(OpenRun open, int number, WorkItem item, int times, Instant now) {
        queue.put(open, number, item);
        Instant due = now.plus(Backoff.of(open.settings.retry()).after(times, seed(open, number)));
        timers.set(due, Timer.Kind.RESEND, open.id() + "\n" + number);
    }

    private void dispatch(OpenRun open, int number, WorkItem item, Instant now) {
        WorkItem sent = item.sent();
        queue.put(open, number, sent);
        Run run = open.run();
        Instant deadline = Objects.requireNonNull(run.deadline(), run.id());
        output.work(
                new WorkCommand(
                        run.id(),
                        run.group(),
                        run.request().job(),
                        run.subject(),
                        number,
                        sent.attempt(),
                        deadline,
                        item.work()),
                run.request().cause(),
                now);
    }

    private static String reason(WorkAnswer answer) {
        return answer.reason() == null ? "no reason given" : answer.reason();
    }

    private static long seed(OpenRun open, int number) {
        return 31L * open.id().hashCode() + number;
    }
}
