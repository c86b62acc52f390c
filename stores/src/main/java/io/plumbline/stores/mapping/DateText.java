package io.plumbline.stores.mapping;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Dates and times that one side keeps as text, in a declared format or in ISO 8601; all as milliseconds since 1970. */
final class DateText {

    private final DateTimeFormatter format;
    private final ZoneId zone;

    /** Throws {@link IllegalArgumentException} where the pattern is none. */
    DateText(String pattern, ZoneId zone) {
        this(DateTimeFormatter.ofPattern(pattern, Locale.ROOT), zone);
    }

    DateText(DateTimeFormatter format, ZoneId zone) {
        this.format = format;
        this.zone = zone;
    }

    String text(long millis, long micros) {
        return format.format(
                ZonedDateTime.ofInstant(Instant.ofEpochMilli(millis).plusNanos(micros * 1_000), zone));
    }

    /** The instant that the text states; {@code null} where it is not of the format. */
    @Nullable
    Long parse(String text) {
        try {
            return millis(
                    format.parseBest(text, OffsetDateTime::from, Instant::from, LocalDateTime::from, LocalDate::from),
                    zone);
        } catch (DateTimeParseException | ArithmeticException e) {
            return null;
        }
    }

    /** The instant that ISO 8601 text states ({@code T} may be a space); {@code null} where it states none. */
    static @Nullable Long iso(String text, ZoneId zone) {
        if (text.length() < 10 || (!isDigit(text.charAt(text.length() - 1)) && !text.endsWith("Z"))) {
            return null;
        }
        String iso =
                text.length() > 10 && text.charAt(10) == ' ' ? text.substring(0, 10) + "T" + text.substring(11) : text;
        try {
            return iso.length() == 10
                    ? millis(LocalDate.parse(iso), zone)
                    : millis(ISO.parseBest(iso, OffsetDateTime::from, LocalDateTime::from), zone);
        } catch (DateTimeParseException | ArithmeticException e) {
            return null;
        }
    }

    private static final DateTimeFormatter ISO = new java.time.format.DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffset("+HH:mm", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HH", "Z")
            .optionalEnd()
            .toFormatter(Locale.ROOT);

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static long millis(TemporalAccessor stated, ZoneId zone) {
        return switch (stated) {
            case OffsetDateTime time -> time.toInstant().toEpochMilli();
            case Instant time -> time.toEpochMilli();
            case LocalDateTime time -> time.atZone(zone).toInstant().toEpochMilli();
            case LocalDate date -> date.atStartOfDay(zone).toInstant().toEpochMilli();
            default -> throw new IllegalStateException("not asked for: " + stated.getClass());
        };
    }
}
