package io.plumbline.runtime.config;

import java.util.Map;

/** Checks of schedules. Whether the cron line makes sense is the ticker's to say; here it must have its five fields. */
final class ScheduleChecks {

    private final ConfigErrors errors;

    ScheduleChecks(ConfigErrors errors) {
        this.errors = errors;
    }

    void check(ConfigNode root) {
        Map<String, ConfigNode> jobs = root.at("jobs").entries();
        root.at("schedules").entries().values().forEach(schedule -> {
            required(schedule, "cron", "five fields such as 0 * * * *");
            required(schedule, "job", "one of " + String.join(", ", jobs.keySet()));
            schedule.text("job")
                    .filter(job -> !jobs.containsKey(job))
                    .ifPresent(job -> errors.add(schedule.at("job").path(), JobChecks.noSuch("job", job, jobs)));
            schedule.text("zone").ifPresent(zone -> FieldChecks.checkZone(schedule.at("zone"), zone, errors));
            schedule.text("cron")
                    .filter(cron -> cron.strip().split("\\s+").length != 5)
                    .ifPresent(cron -> errors.add(
                            schedule.at("cron").path(),
                            "'%s' has not five fields; right are minute, hour, day of the month, month and day of the week, such as 0 * * * *"
                                    .formatted(cron)));
        });
    }

    private void required(ConfigNode schedule, String key, String right) {
        if (!schedule.has(key)) {
            errors.add(schedule.at(key).path(), "is missing; right is " + right);
        }
    }
}
