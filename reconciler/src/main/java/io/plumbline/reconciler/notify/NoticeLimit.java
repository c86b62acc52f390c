package io.plumbline.reconciler.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

/**
 * At most so many notices in any minute, of one kind half as many, so that a storm of one does not hide the others. What
 * is held back is counted, to be said with the next that goes. For one thread at a time.
 */
final class NoticeLimit {

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Clock clock;
    private final int perMinute;
    private final Deque<Instant> all = new ArrayDeque<>();
    private final Map<Notice.Kind, Deque<Instant>> byKind = new EnumMap<>(Notice.Kind.class);
    private final Map<Notice.Kind, Integer> heldBack = new EnumMap<>(Notice.Kind.class);

    NoticeLimit(Clock clock, int perMinute) {
        this.clock = clock;
        this.perMinute = perMinute;
    }

    /** Whether a notice of that kind may go now; one that may not is counted. */
    boolean admits(Notice.Kind kind) {
        Instant now = clock.instant();
        Deque<Instant> ofKind = byKind.computeIfAbsent(kind, unknown -> new ArrayDeque<>());
        forget(all, now);
        forget(ofKind, now);
        if (all.size() >= perMinute || ofKind.size() >= (perMinute + 1) / 2) {
            heldBack(kind, 1);
            return false;
        }
        all.add(now);
        ofKind.add(now);
        return true;
    }

    /** Some were not told, for whatever reason. */
    void heldBack(Notice.Kind kind, int count) {
        heldBack.merge(kind, count, Integer::sum);
    }

    /** How many of each kind were held back since it was asked last. */
    Map<Notice.Kind, Integer> takeHeldBack() {
        Map<Notice.Kind, Integer> taken = new EnumMap<>(Notice.Kind.class);
        taken.putAll(heldBack);
        heldBack.clear();
        return taken;
    }

    private static void forget(Deque<Instant> sent, Instant now) {
        while (!sent.isEmpty() && !sent.getFirst().plus(WINDOW).isAfter(now)) {
            sent.removeFirst();
        }
    }
}
