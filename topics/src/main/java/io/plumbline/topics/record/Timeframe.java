package io.plumbline.topics.record;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The length of a series' slots, such as {@code 1m}, {@code 4h}, {@code 1d} or {@code 1w}. Slots are numbered from the
 * epoch; those of weeks begin on Mondays.
 */
public record Timeframe(String text, long lengthMs, long offsetMs) {

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,4})([mhdw])");
    /** The epoch was a Thursday: the Monday after it. */
    private static final long FIRST_MONDAY_MS = Duration.ofDays(4).toMillis();

    /** Reads a timeframe; throws {@link IllegalArgumentException} where it is none. */
    public static Timeframe parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no timeframe; right is a number and m, h, d or w, such as 5m");
        }
        Duration unit = switch (form.group(2)) {
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            case "d" -> Duration.ofDays(1);
            default -> Duration.ofDays(7);
        };
        long length = unit.multipliedBy(Long.parseLong(form.group(1))).toMillis();
        return new Timeframe(text, length, form.group(2).equals("w") ? FIRST_MONDAY_MS : 0);
    }

    /** The slot that a time lies in. */
    public long slotOf(long epochMs) {
        return Math.floorDiv(epochMs - offsetMs, lengthMs);
    }

    /** When a slot begins, in epoch milliseconds. */
    public long openTimeOf(long slot) {
        return slot * lengthMs + offsetMs;
    }

    /** Whether a slot begins at this time. */
    public boolean isAligned(long epochMs) {
        return Math.floorMod(epochMs - offsetMs, lengthMs) == 0;
    }

    @Override
    public String toString() {
        return text;
    }
}
