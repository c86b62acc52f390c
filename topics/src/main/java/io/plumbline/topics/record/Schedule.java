package io.plumbline.topics.record;

import com.fasterxml.jackson.annotation.JsonAlias;
import org.jspecify.annotations.Nullable;

/**
 * A named cron line of the compacted topic {@code schedules}; the record's key is its name.
 *
 * @param cron five fields (minute hour day-of-month month day-of-week), Unix style
 * @param zone an IANA zone, UTC by default
 * @param job the job that each tick asks for
 * @param deleted deleted by an operator: stays so when the configuration is seeded again
 * @param origin who wrote it: only a {@code CONFIGURATION} record is replaced by seeding
 */
public record Schedule(
        String cron,
        @Nullable String zone,
        String job,
        @JsonAlias("catch-up") @Nullable CatchUp catchUp,
        boolean paused,
        boolean deleted,
        @Nullable Origin origin) {

    /** Whether only an operator may change it. */
    public boolean ownedByOperator() {
        return origin != Origin.CONFIGURATION;
    }

    /** The same, deleted by an operator. */
    public Schedule deletedByOperator() {
        return new Schedule(cron, zone, job, catchUp, paused, true, Origin.OPERATOR);
    }

    /** Which of the instants missed while no ticker ran are fired: the newest only (the default), all, or none. */
    public enum CatchUp {
        LATEST,
        ALL,
        NONE
    }

    /** Who wrote a schedule's record; absent means an operator. */
    public enum Origin {
        CONFIGURATION,
        OPERATOR
    }
}
