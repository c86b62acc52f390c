package io.plumbline.repairer;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The requests that an exchange allows, evenly spaced: within any second there are no more than it says. Whoever takes
 * the budget over begins without any, since the owner before may just have used some. Threads of a process share it.
 */
final class RequestBudget {

    private static final double SECOND_NS = 1e9;

    private final Duration interval;
    private Instant next;

    /** @param assigned when its owner took it over */
    RequestBudget(double perSecond, Instant assigned) {
        interval = Duration.ofNanos((long) Math.ceil(SECOND_NS / perSecond));
        next = assigned.plus(interval);
    }

    /** Takes a request; or, where there is none left, tells from when on there is one. */
    synchronized Optional<Instant> take(Instant now) {
        if (now.isBefore(next)) {
            return Optional.of(next);
        }
        next = now.plus(interval);
        return Optional.empty();
    }

    /** Another owner may have used it until now. */
    void takeOver(Instant now) {
        pauseUntil(now.plus(interval));
    }

    /** The exchange wants nothing more before then. */
    synchronized void pauseUntil(Instant until) {
        if (until.isAfter(next)) {
            next = until;
        }
    }
}
