package io.plumbline.runtime.config;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import java.util.Map;

/** Checks of schedules: that their cron line can be parsed, and that what they name is there. */
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
            schedule.text("cron").ifPresent(cron -> checkCron(schedule.at("cron"), cron));
        });
    }

    private void checkCron(ConfigNode node, String cron) {
        try {
            new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
                    .parse(cron)
                    .validate();
        } catch (IllegalArgumentException e) {
            errors.add(
                    node.path(),
                    "'%s' is no cron line (%s); right are five fields: minute, hour, day of the month, month, day of the week, such as 0 * * * *"
                            .formatted(cron, e.getMessage()));
        }
    }

    private void required(ConfigNode schedule, String key, String right) {
        if (!schedule.has(key)) {
            errors.add(schedule.at(key).path(), "is missing; right is " + right);
        }
    }
}
