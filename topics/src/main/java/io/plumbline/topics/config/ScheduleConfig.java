package io.plumbline.topics.config;

import io.plumbline.topics.record.Schedule;

/** A schedule as the file declares it; seeded into the topic {@code schedules}, never over an operator's record. */
public record ScheduleConfig(String cron, String zone, String job, Schedule.CatchUp catchUp, boolean enabled) {}
