package io.plumbline.ticker.cron;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The instants at which a cron line is due in a zone.
 *
 * <p>A line that follows elapsed time (its minute or hour field has a {@code *} or a step) is due whenever the local
 * clock shows a minute that it names: never at a time that is skipped, twice at one that happens twice. A line of fixed
 * times is due once a day for each of them:
 *
 * <ol>
 *   <li>a local time that happens twice: the first time;
 *   <li>a local time that is skipped: at the first instant after the gap, once for all that one change skips;
 *   <li>everything else: then.
 * </ol>
 *
 * <p>Found by walking the stretches of constant offset: within one, local time and instants run alike.
 */
public final class DueTimes {

    /** Weekdays and leap days come together again every 28 years, or after 40 across a century without a leap year. */
    private static final Duration LONGEST_PAUSE = Duration.ofDays(366L * 41);

    private final CronLine line;
    private final ZoneRules rules;

    public DueTimes(CronLine line, ZoneId zone) {
        this.line = line;
        this.rules = zone.getRules();
    }

    /** Throws {@link IllegalArgumentException} with the reason where the line or the zone cannot be understood. */
    public static DueTimes parse(String cron, @Nullable String zone) {
        try {
            return new DueTimes(CronLine.parse(cron), zone == null ? ZoneOffset.UTC : ZoneId.of(zone));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + zone + "' is not a time zone; an IANA name such as Europe/Amsterdam or UTC is", e);
        }
    }

    /** The first instant after this one at which the line is due; none where it is not due again within decades. */
    public Optional<Instant> after(Instant instant) {
        Instant end = instant.plus(LONGEST_PAUSE);
        for (Instant from = instant.plusNanos(1); from.isBefore(end); ) {
            ZoneOffsetTransition entered = rules.nextTransition(from.minusNanos(1));
            if (entered != null && entered.getInstant().equals(from) && skipsATime(entered)) {
                return Optional.of(from);
            }
            ZoneOffsetTransition next = rules.nextTransition(from);
            Instant until = next == null || next.getInstant().isAfter(end) ? end : next.getInstant();
            Optional<Instant> due = withinStretch(from, until);
            if (due.isPresent()) {
                return due;
            }
            from = until;
        }
        return Optional.empty();
    }

    /** The last instant in {@code (after, upTo]} at which the line is due. */
    public Optional<Instant> latest(Instant after, Instant upTo) {
        // Backwards in growing steps, so that a line of every minute costs nothing after a month's pause.
        for (Duration back = Duration.ofHours(1); ; back = back.multipliedBy(24)) {
            Instant start = upTo.minus(back);
            boolean whole = !start.isAfter(after);
            Optional<Instant> found = Optional.empty();
            Optional<Instant> due = after(whole ? after : start);
            while (due.isPresent() && !due.get().isAfter(upTo)) {
                found = due;
                due = after(due.get());
            }
            if (found.isPresent() || whole) {
                return found;
            }
        }
    }

    /** The first instants in {@code (after, upTo]} at which the line is due, at most so many. */
    public List<Instant> between(Instant after, Instant upTo, int atMost) {
        List<Instant> found = new ArrayList<>();
        Optional<Instant> due = after(after);
        while (due.isPresent() && !due.get().isAfter(upTo) && found.size() < atMost) {
            found.add(due.get());
            due = after(due.get());
        }
        return found;
    }

    private boolean skipsATime(ZoneOffsetTransition change) {
        return line.fixedTimes()
                && change.isGap()
                && line.first(change.getDateTimeBefore(), change.getDateTimeAfter())
                        .isPresent();
    }

    /** The first due instant in {@code [from, until)}, in which the offset does not change. */
    private Optional<Instant> withinStretch(Instant from, Instant until) {
        ZoneOffset offset = rules.getOffset(from);
        LocalDateTime end = LocalDateTime.ofInstant(until, offset);
        Optional<LocalDateTime> local = line.first(LocalDateTime.ofInstant(from, offset), end);
        while (local.isPresent() && line.fixedTimes() && !isFirstOccurrence(local.get(), offset)) {
            local = line.first(local.get().plusMinutes(1), end);
        }
        return local.map(time -> time.toInstant(offset));
    }

    private boolean isFirstOccurrence(LocalDateTime local, ZoneOffset offset) {
        return rules.getValidOffsets(local).get(0).equals(offset);
    }
}
