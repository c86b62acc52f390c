package io.plumbline.runtime.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as people write them: {@code 500ms}, {@code 30s}, {@code 1h30m}, {@code 30d}, or ISO-8601. */
public final class DurationText {

    private static final Pattern PIECE = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    private DurationText() {}

    /** The duration; throws {@link IllegalArgumentException} with what would be right. */
    public static Duration parse(String text) {
        Duration duration = text.startsWith("P") ? iso(text) : pieces(text);
        if (duration == null) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a duration; right is one such as 500ms, 30s, 5m, 48h, 30d, 1h30m or PT30S");
        }
        return duration;
    }

    private static @Nullable Duration iso(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static @Nullable Duration pieces(String text) {
        Matcher matcher = PIECE.matcher(text);
        Duration sum = Duration.ZERO;
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            sum = sum.plus(piece(Long.parseLong(matcher.group(1)), matcher.group(2)));
            end = matcher.end();
        }
        return end == text.length() && end > 0 ? sum : null;
    }

    private static Duration piece(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    /** The shortest text that {@link #parse} reads as this duration, for durations of 0 or more whole milliseconds. */
    public static String of(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        append(text, duration.toDays(), "d");
        append(text, duration.toHoursPart(), "h");
        append(text, duration.toMinutesPart(), "m");
        append(text, duration.toSecondsPart(), "s");
        append(text, duration.toMillisPart(), "ms");
        return text.toString();
    }

    private static void append(StringBuilder text, long amount, String unit) {
        if (amount != 0) {
            text.append(amount).append(unit);
        }
    }
}
