package io.plumbline.runs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts of the recent past, for the continuous run's breaker: in slices of a twentieth of the window, so that what it
 * holds stays small. A slice counts until all of it is older than the window. Immutable.
 */
record SlidingWindow(List<Slice> slices) {

    static final SlidingWindow EMPTY = new SlidingWindow(List.of());
    private static final int SLICES = 20;

    /** @param start milliseconds since the epoch */
    record Slice(long start, long repairs, long checked) {}

    SlidingWindow {
        slices = List.copyOf(slices);
    }

    /** Counts at an instant, and forgets what has left the window. An instant before the newest slice counts there. */
    SlidingWindow plus(Instant at, long repairs, long checked, Duration window) {
        long length = sliceLength(window);
        long start = Math.floorDiv(at.toEpochMilli(), length) * length;
        List<Slice> kept = new ArrayList<>(recent(at, window));
        Slice newest = kept.isEmpty() ? null : kept.getLast();
        if (newest != null && newest.start >= start) {
            kept.set(kept.size() - 1, new Slice(newest.start, newest.repairs + repairs, newest.checked + checked));
        } else {
            kept.add(new Slice(start, repairs, checked));
        }
        return new SlidingWindow(kept);
    }

    long repairs(Instant at, Duration window) {
        return recent(at, window).stream().mapToLong(Slice::repairs).sum();
    }

    long checked(Instant at, Duration window) {
        return recent(at, window).stream().mapToLong(Slice::checked).sum();
    }

    private List<Slice> recent(Instant at, Duration window) {
        long length = sliceLength(window);
        long from = at.minus(window).toEpochMilli();
        return slices.stream().filter(slice -> slice.start + length > from).toList();
    }

    private static long sliceLength(Duration window) {
        return Math.max(1, window.toMillis() / SLICES);
    }
}
