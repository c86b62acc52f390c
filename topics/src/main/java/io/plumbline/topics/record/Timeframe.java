package io.plumbline.topics.record;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long the slots of a series are, and where they begin. Slots are numbered: slot 0 opens {@code offset} after the
 * epoch. Weeks begin on Mondays (slot 0 on 1970-01-05), everything else is aligned to the epoch.
 *
 * @param name as written: a number and {@code m}, {@code h}, {@code d} or {@code w}
 */
public record Timeframe(String name, Duration length, Duration offset) {

    private static final Pattern NAME = Pattern.compile("([1-9][0-9]{0,4})([mhdw])");
    private static final Duration FIRST_MONDAY = Duration.ofDays(4);

    /** Throws {@link IllegalArgumentException} for what is no timeframe. */
    public static Timeframe parse(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no timeframe; right is a number and m, h, d or w, such as 5m");
        }
        int count = Integer.parseInt(matcher.group(1));
        return switch (matcher.group(2)) {
            case "m" -> new Timeframe(name, Duration.ofMinutes(count), Duration.ZERO);
            case "h" -> new Timeframe(name, Duration.ofHours(count), Duration.ZERO);
            case "d" -> new Timeframe(name, Duration.ofDays(count), Duration.ZERO);
            default -> new Timeframe(name, Duration.ofDays(7L * count), FIRST_MONDAY);
        };
    }

    /** The slot that a time is in, in milliseconds since the epoch. */
    public long slotOf(long epochMs) {
        return Math.floorDiv(epochMs - offset.toMillis(), lengthMs());
    }

    /** When a slot opens, in milliseconds since the epoch. */
    public long openTimeOf(long slot) {
        return slot * lengthMs() + offset.toMillis();
    }

    /** Whether a slot opens at that time. */
    public boolean isAligned(long epochMs) {
        return Math.floorMod(epochMs - offset.toMillis(), lengthMs()) == 0;
    }

    public long lengthMs() {
        return length.toMillis();
    }
}
