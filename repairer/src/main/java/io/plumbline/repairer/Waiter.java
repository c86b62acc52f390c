package io.plumbline.repairer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Waits for a time. */
@FunctionalInterface
interface Waiter {

    /** Returns at about that time. */
    void awaitUntil(Instant time) throws InterruptedException;

    static Waiter asleep(Clock clock) {
        return time -> {
            Duration left = Duration.between(clock.instant(), time);
            if (left.isPositive()) {
                Thread.sleep(left);
            }
        };
    }
}
