package io.plumbline.stores.exchange;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Reads the header {@code Retry-After}: seconds, whole or not, or a date. */
final class RetryAfter {

    private static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    /** When to ask again: what the header says, within an hour; after {@code otherwise} where it cannot be read. */
    static Instant read(String header, Duration otherwise, Clock clock) {
        Instant now = clock.instant();
        Instant said = said(header.strip(), now, otherwise);
        Instant latest = now.plus(LONGEST);
        return said.isBefore(now) ? now : said.isAfter(latest) ? latest : said;
    }

    private static Instant said(String header, Instant now, Duration otherwise) {
        if (header.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            return now.plusNanos((long) (Double.parseDouble(header) * 1e9));
        }
        try {
            return ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            return now.plus(otherwise); // no form of it, so it says nothing
        }
    }
}
