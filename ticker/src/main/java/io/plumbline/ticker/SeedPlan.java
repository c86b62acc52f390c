package io.plumbline.ticker;

import io.plumbline.topics.config.ScheduleConfig;
import io.plumbline.topics.record.Schedule;
import io.plumbline.topics.record.Schedule.Origin;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which records make the topic {@code schedules} say what the configuration says, as far as it may. */
final class SeedPlan {

    private SeedPlan() {}

    /**
     * What to write, by name. A schedule of which there is a record that is not the configuration's is left alone: an
     * operator's, a tombstone, one that cannot be read. A disabled schedule is paused where it was seeded before, and not
     * seeded otherwise; one that is no longer configured is deleted.
     *
     * @param configurations the configuration's records that the topic holds
     * @param others names of which the topic holds any other record
     */
    static Map<String, Schedule> of(
            Map<String, ScheduleConfig> configured, Map<String, Schedule> configurations, Set<String> others) {
        Map<String, Schedule> plan = new HashMap<>();
        Set<String> names = new HashSet<>(configured.keySet());
        names.addAll(configurations.keySet());
        names.removeAll(others);
        for (String name : names) {
            Schedule present = configurations.get(name);
            Schedule wanted = wanted(configured.get(name), present);
            if (wanted != null && !wanted.equals(present)) {
                plan.put(name, wanted);
            }
        }
        return plan;
    }

    private static @Nullable Schedule wanted(@Nullable ScheduleConfig configured, @Nullable Schedule present) {
        if (configured != null && (configured.enabled() || present != null)) {
            return new Schedule(
                    configured.cron(),
                    configured.zone(),
                    configured.job(),
                    configured.catchUp(),
                    !configured.enabled(),
                    false,
                    Origin.CONFIGURATION);
        }
        if (configured == null && present != null) {
            return new Schedule(
                    present.cron(),
                    present.zone(),
                    present.job(),
                    present.catchUp(),
                    present.paused(),
                    true,
                    Origin.CONFIGURATION);
        }
        return null;
    }
}
