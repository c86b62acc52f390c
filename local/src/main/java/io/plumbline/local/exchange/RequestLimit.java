package io.plumbline.local.exchange;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** So many requests within any second. */
final class RequestLimit {

    private static final long SECOND_MS = 1_000;

    private final int perSecond;
    private final Deque<Long> taken = new ArrayDeque<>();

    RequestLimit(int perSecond) {
        this.perSecond = perSecond;
    }

    /** Takes one; or, where there is none left, how long until there is. */
    synchronized Optional<Duration> waitFor(long now) {
        while (!taken.isEmpty() && taken.getFirst() <= now - SECOND_MS) {
            taken.removeFirst();
        }
        if (taken.size() >= perSecond) {
            return Optional.of(Duration.ofMillis(taken.getFirst() + SECOND_MS - now));
        }
        taken.addLast(now);
        return Optional.empty();
    }
}
