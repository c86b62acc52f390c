package io.plumbline.repairer;

import io.plumbline.topics.record.BackfillAnswer;
import io.plumbline.topics.record.BackfillAnswer.Status;
import io.plumbline.topics.record.BackfillCommand;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills on behalf of one exchange, no faster than it allows.
 *
 * <ol>
 *   <li>what needs no request is answered at once;
 *   <li>requests begin one after the other, in the order of the commands, each when the budget has one; a slow answer
 *       keeps none from beginning;
 *   <li>what would have to wait too long is answered with the time to ask again, without a request;
 *   <li>when the exchange says that it was too much, so is the rest of the batch.
 * </ol>
 */
final class PacedFiller {

    /** How long a batch may wait for the budget: a second's requests, and a little for the last of them. */
    static final Duration LONGEST = Duration.ofMillis(1_200);

    private static final Logger LOG = LoggerFactory.getLogger(PacedFiller.class);

    private final CandleFiller filler;
    private final RequestBudget budget;
    private final Pacing pacing;

    /**
     * How time passes, and where requests run.
     *
     * @param requests runs one request at a time or many
     */
    record Pacing(Clock clock, Waiter waiter, Executor requests) {}

    PacedFiller(CandleFiller filler, double requestsPerSecond, Pacing pacing) {
        this.filler = filler;
        this.budget = new RequestBudget(requestsPerSecond, pacing.clock().instant());
        this.pacing = pacing;
    }

    /** Another process may have asked the exchange until now. */
    void takeOver() {
        budget.takeOver(pacing.clock().instant());
    }

    /** Answers in the order of the commands. */
    List<Backfilled> fill(List<BackfillCommand> commands) throws InterruptedException {
        Instant latest = pacing.clock().instant().plus(LONGEST);
        AtomicReference<Optional<Instant>> stopped = new AtomicReference<>(Optional.empty());
        List<CompletableFuture<Backfilled>> answers = new ArrayList<>(commands.size());
        for (BackfillCommand command : commands) {
            answers.add(begin(command, latest, stopped));
        }
        List<Backfilled> filled = new ArrayList<>(commands.size());
        for (CompletableFuture<Backfilled> answer : answers) {
            try {
                filled.add(answer.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException("a request ended without an answer", e.getCause());
            }
        }
        return filled;
    }

    private CompletableFuture<Backfilled> begin(
            BackfillCommand command, Instant latest, AtomicReference<Optional<Instant>> stopped)
            throws InterruptedException {
        Optional<Backfilled> atOnce = guarded(command, false, () -> filler.withoutAsking(command));
        if (atOnce.isPresent()) {
            return CompletableFuture.completedFuture(atOnce.get());
        }
        Optional<Instant> later = awaitBudget(latest, stopped);
        if (later.isPresent()) {
            return CompletableFuture.completedFuture(throttled(command, later.get()));
        }
        return CompletableFuture.supplyAsync(() -> ask(command, stopped), pacing.requests());
    }

    /** Waits until a request was taken from the budget; or tells when there is one, where that is too long to wait. */
    private Optional<Instant> awaitBudget(Instant latest, AtomicReference<Optional<Instant>> stopped)
            throws InterruptedException {
        while (stopped.get().isEmpty()) {
            Optional<Instant> later = budget.take(pacing.clock().instant());
            if (later.isEmpty() || later.get().isAfter(latest)) {
                return later;
            }
            pacing.waiter().awaitUntil(later.get());
        }
        return stopped.get();
    }

    private Backfilled ask(BackfillCommand command, AtomicReference<Optional<Instant>> stopped) {
        // The wait may have outlasted the deadline.
        Backfilled filled = guarded(
                        command, true, () -> filler.withoutAsking(command).or(() -> Optional.of(filler.ask(command))))
                .orElseThrow();
        Instant until = filled.answer().notBefore();
        if (until != null) {
            budget.pauseUntil(until);
            stopped.set(Optional.of(until));
        }
        return filled;
    }

    private static Backfilled throttled(BackfillCommand command, Instant notBefore) {
        return Backfilled.only(BackfillAnswer.without(
                command, Status.THROTTLED, false, notBefore, "the exchange's requests are used up until then"));
    }

    /** What fails for a reason of its own is refused with that reason: it harms no other command. */
    private static Optional<Backfilled> guarded(BackfillCommand command, boolean asked, Step step) {
        try {
            return step.take();
        } catch (RuntimeException failure) {
            LOG.atWarn()
                    .addKeyValue("requestId", command.requestId())
                    .addKeyValue("series", command.series().text())
                    .setCause(failure)
                    .log("A backfill failed");
            return Optional.of(
                    Backfilled.only(BackfillAnswer.without(command, Status.REFUSED, asked, null, failure.toString())));
        }
    }

    @FunctionalInterface
    private interface Step {
        Optional<Backfilled> take();
    }
}
