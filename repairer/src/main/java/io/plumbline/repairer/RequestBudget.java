package io.plumbline.repairer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The requests that an exchange allows. Threads of a process share it.
 *
 * <ol>
 *   <li>They are evenly spaced. Whoever is only a little late for one, since it had to commit what it did, catches up: the
 *       next ones keep their times. Whoever is later begins anew.
 *   <li>Whatever was caught up, within any second there are no more than the exchange says.
 *   <li>Whoever takes the budget over begins without any, since the owner before may just have used some.
 * </ol>
 */
final class RequestBudget {

    private static final double SECOND_NS = 1e9;
    private static final Duration CATCH_UP = Duration.ofMillis(500);
    /** Two requests may be on their way for different times. */
    private static final Duration ON_ITS_WAY = Duration.ofMillis(10);

    private final Duration interval;
    private final int many;
    private final Duration timeOfMany;
    private final Deque<Instant> taken = new ArrayDeque<>();
    private Instant next;

    /** @param assigned when its owner took it over */
    RequestBudget(double perSecond, Instant assigned) {
        interval = Duration.ofNanos((long) Math.ceil(SECOND_NS / perSecond));
        many = (int) Math.max(1, Math.floor(perSecond));
        timeOfMany = interval.multipliedBy(many).plus(ON_ITS_WAY);
        next = assigned.plus(interval);
    }

    /** Takes a request; or, where there is none left, tells from when on there is one. */
    synchronized Optional<Instant> take(Instant now) {
        Instant due = due();
        if (now.isBefore(due)) {
            return Optional.of(due);
        }
        boolean isIdle = Duration.between(next, now).compareTo(CATCH_UP) > 0;
        next = (isIdle ? now : next).plus(interval);
        if (taken.size() == many) {
            taken.removeFirst();
        }
        taken.addLast(now);
        return Optional.empty();
    }

    private Instant due() {
        if (taken.size() < many) {
            return next;
        }
        Instant again = taken.getFirst().plus(timeOfMany);
        return again.isAfter(next) ? again : next;
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
