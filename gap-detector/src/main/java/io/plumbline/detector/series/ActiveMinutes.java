package io.plumbline.detector.series;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Which minutes of which exchanges were said to be active. Remembers at most {@link #REMEMBERED} minutes of each: one for
 * each remainder, so that the later one of two displaces the other.
 */
public final class ActiveMinutes {

    static final int REMEMBERED = 4_096;

    private final Map<String, long[]> said = new HashMap<>();

    /** Whether that minute has not been said, as far as is remembered; it is said now. */
    public boolean say(String exchange, long minute) {
        long[] minutes = said.computeIfAbsent(exchange, unknown -> none());
        int at = Math.floorMod(minute, REMEMBERED);
        boolean isNew = minutes[at] != minute;
        minutes[at] = minute;
        return isNew;
    }

    private static long[] none() {
        long[] none = new long[REMEMBERED];
        Arrays.fill(none, Long.MIN_VALUE);
        return none;
    }
}
