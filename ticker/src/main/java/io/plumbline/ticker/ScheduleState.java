package io.plumbline.ticker;

import io.plumbline.topics.record.Schedule;
import io.plumbline.topics.record.Schedule.CatchUp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one schedule.
 *
 * @param settled up to this instant everything due was fired, or is not to be
 * @param lastFired the last nominal instant that was fired: none at or before it ever is again
 */
record ScheduleState(
        Schedule schedule, Instant settled, @Nullable Instant lastFired) {

    /** A schedule that is seen for the first time starts when its record was written. */
    static ScheduleState of(Schedule schedule, Instant writtenAt) {
        return new ScheduleState(schedule, writtenAt, null);
    }

    /**
     * The same after a newer record. A schedule that comes back from a pause or a deletion, or whose times were changed,
     * starts anew when that was written: what would have been due before is not caught up with.
     */
    ScheduleState changed(Schedule newer, Instant writtenAt) {
        boolean goesOn = isActive()
                && Objects.equals(schedule.cron(), newer.cron())
                && Objects.equals(schedule.zone(), newer.zone());
        return new ScheduleState(newer, goesOn || writtenAt.isBefore(settled) ? settled : writtenAt, lastFired);
    }

    /** The same after these were fired, in order. */
    ScheduleState fired(List<Instant> nominal, Instant settledNow) {
        return new ScheduleState(schedule, settledNow, nominal.isEmpty() ? lastFired : nominal.get(nominal.size() - 1));
    }

    boolean isActive() {
        return !schedule.paused() && !schedule.deleted();
    }

    CatchUp catchUp() {
        CatchUp catchUp = schedule.catchUp();
        return catchUp == null ? CatchUp.LATEST : catchUp;
    }

    /** From where to look for due instants, as of {@code now}: a record written by a clock far ahead starts now. */
    Instant lookFrom(Instant now) {
        Instant from = isAhead(now) ? now : settled;
        return lastFired != null && lastFired.isAfter(from) ? lastFired : from;
    }

    boolean isAhead(Instant now) {
        return settled.isAfter(now.plus(CatchUpRule.ON_TIME));
    }
}
