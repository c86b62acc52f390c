package io.plumbline.ticker.cron;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.parser.CronParser;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.util.BitSet;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A Unix cron line of five fields as sets of numbers: which local minutes it names. It knows no zone; {@link DueTimes}
 * does.
 *
 * <p>Days are taken as Vixie cron takes them: where both the day of the month and the day of the week are restricted
 * (neither begins with {@code *}), a day matches that fits either; otherwise it fits both.
 */
public final class CronLine {

    private final String text;
    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet daysOfMonth;
    private final BitSet months;
    private final BitSet daysOfWeek;
    private final boolean eitherDay;
    private final boolean fixedTimes;

    private CronLine(String text, Cron cron) {
        this.text = text;
        CronField minute = CronField.of(cron, CronFieldName.MINUTE, 0, 59);
        CronField hour = CronField.of(cron, CronFieldName.HOUR, 0, 23);
        CronField dayOfMonth = CronField.of(cron, CronFieldName.DAY_OF_MONTH, 1, 31);
        CronField dayOfWeek = CronField.of(cron, CronFieldName.DAY_OF_WEEK, 0, 7);
        minutes = minute.values();
        hours = hour.values();
        daysOfMonth = dayOfMonth.values();
        months = CronField.of(cron, CronFieldName.MONTH, 1, 12).values();
        daysOfWeek = dayOfWeek.values();
        if (daysOfWeek.get(7)) {
            daysOfWeek.set(0);
        }
        eitherDay = !dayOfMonth.beginsWithStar() && !dayOfWeek.beginsWithStar();
        fixedTimes = !minute.hasStarOrStep() && !hour.hasStarOrStep();
    }

    /** Throws {@link IllegalArgumentException} with the reason where the text is not five fields that fall due some day. */
    public static CronLine parse(String text) {
        CronLine line;
        try {
            CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
            line = new CronLine(text, parser.parse(text).validate());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("cron line '" + text + "': " + e.getMessage(), e);
        }
        if (!line.hasADay()) {
            throw new IllegalArgumentException("cron line '" + text + "' never falls due: no such day in those months");
        }
        return line;
    }

    /**
     * Whether it names fixed times of the day: neither its minute nor its hour field has a {@code *} or a step. Every
     * other line follows elapsed time.
     */
    boolean fixedTimes() {
        return fixedTimes;
    }

    /** The first local minute it names at or after this one (seconds count) and before the end. */
    Optional<LocalDateTime> first(LocalDateTime from, LocalDateTime end) {
        LocalDateTime at = ceilingMinute(from);
        while (at.isBefore(end)) {
            if (!months.get(at.getMonthValue())) {
                at = at.toLocalDate().withDayOfMonth(1).plusMonths(1).atStartOfDay();
            } else if (!matches(at.toLocalDate())) {
                at = at.toLocalDate().plusDays(1).atStartOfDay();
            } else {
                Optional<LocalTime> time = timeOfDay(at.toLocalTime());
                if (time.isPresent()) {
                    LocalDateTime found = at.with(time.get());
                    return found.isBefore(end) ? Optional.of(found) : Optional.empty();
                }
                at = at.toLocalDate().plusDays(1).atStartOfDay();
            }
        }
        return Optional.empty();
    }

    private Optional<LocalTime> timeOfDay(LocalTime from) {
        int minute = hours.get(from.getHour()) ? minutes.nextSetBit(from.getMinute()) : -1;
        if (minute >= 0) {
            return Optional.of(LocalTime.of(from.getHour(), minute));
        }
        int hour = hours.nextSetBit(from.getHour() + 1);
        return hour < 0 ? Optional.empty() : Optional.of(LocalTime.of(hour, minutes.nextSetBit(0)));
    }

    private boolean matches(LocalDate date) {
        boolean ofMonth = daysOfMonth.get(date.getDayOfMonth());
        boolean ofWeek = daysOfWeek.get(date.getDayOfWeek().getValue() % DayOfWeek.values().length);
        return eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek;
    }

    private boolean hasADay() {
        return eitherDay
                || IntStream.rangeClosed(1, 12)
                        .filter(months::get)
                        .anyMatch(month ->
                                daysOfMonth.nextSetBit(1) <= Month.of(month).maxLength());
    }

    private static LocalDateTime ceilingMinute(LocalDateTime time) {
        LocalDateTime minute = time.withSecond(0).withNano(0);
        return minute.equals(time) ? time : minute.plusMinutes(1);
    }

    @Override
    public String toString() {
        return text;
    }
}
