package io.plumbline.ticker;

import io.plumbline.ticker.cron.DueTimes;
import io.plumbline.topics.record.Schedule;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a schedule's record can be taken. */
final class ScheduleCheck {

    private ScheduleCheck() {}

    /** What is wrong with it, and what would be right; nothing where it can be taken. A deletion needs no cron line. */
    static Optional<String> problem(@Nullable String name, @Nullable Schedule schedule) {
        if (name == null || name.isBlank()) {
            return Optional.of("a schedule's record needs its name as key");
        }
        if (schedule == null || schedule.deleted()) {
            return Optional.empty();
        }
        if (isBlank(schedule.job())) {
            return Optional.of("the schedule has no job");
        }
        if (isBlank(schedule.cron())) {
            return Optional.of("the schedule has no cron line: five fields such as '0 2 * * *'");
        }
        try {
            DueTimes.parse(schedule.cron(), schedule.zone());
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    // Records from outside may lack what they must have.
    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
