package io.plumbline.ticker;

import io.plumbline.topics.record.Schedule;
import io.plumbline.topics.record.Schedule.Origin;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a schedule's record, by its owner:
 *
 * <ol>
 *   <li>a tombstone deletes, and is written again as a deletion that lasts longer than a tombstone does;
 *   <li>a configuration's record never replaces an operator's, which is written again so that the topic says so too;
 *   <li>any other record is the schedule from now on.
 * </ol>
 */
sealed interface ScheduleChange {

    /** The record is the schedule from now on. */
    record Taken(ScheduleState state) implements ScheduleChange {}

    /** This is to be written to {@code schedules}, and comes back from there. */
    record WrittenAgain(Schedule schedule) implements ScheduleChange {}

    static ScheduleChange of(@Nullable ScheduleState known, @Nullable Schedule record, Instant writtenAt) {
        if (record == null) {
            return tombstone(known);
        }
        if (known == null) {
            return new Taken(ScheduleState.of(record, writtenAt));
        }
        if (known.schedule().ownedByOperator() && !record.ownedByOperator()) {
            return new WrittenAgain(known.schedule());
        }
        return new Taken(known.changed(record, writtenAt));
    }

    private static ScheduleChange tombstone(@Nullable ScheduleState known) {
        if (known == null) {
            return new WrittenAgain(new Schedule("", null, "", null, false, true, Origin.OPERATOR));
        }
        Schedule schedule = known.schedule();
        return schedule.deleted() && schedule.ownedByOperator()
                ? new WrittenAgain(schedule)
                : new WrittenAgain(schedule.deletedByOperator());
    }
}
