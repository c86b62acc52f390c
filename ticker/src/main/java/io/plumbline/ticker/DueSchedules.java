package io.plumbline.ticker;

import io.plumbline.ticker.cron.DueTimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The active schedules of one task with the instant at which each is due next: an index of its store, in memory. */
final class DueSchedules {

    private static final Logger LOG = LoggerFactory.getLogger(DueSchedules.class);

    private record Active(DueTimes times, ScheduleState state, Optional<Instant> next) {

        boolean isDue(Instant now) {
            return state.isAhead(now) || next.filter(due -> !due.isAfter(now)).isPresent();
        }
    }

    private final Map<String, Active> byName = new HashMap<>();

    void put(String name, ScheduleState state) {
        byName.remove(name);
        if (!state.isActive()) {
            return;
        }
        try {
            DueTimes times =
                    DueTimes.parse(state.schedule().cron(), state.schedule().zone());
            Instant from = state.lookFrom(state.settled());
            byName.put(name, new Active(times, state, times.after(from)));
        } catch (IllegalArgumentException e) {
            // It was checked when it was taken in: this program's time zones know less than that one's.
            LOG.error("schedule {} does not tick until it is written again: {}", name, e.getMessage());
        }
    }

    boolean anyDue(Instant now) {
        return byName.values().stream().anyMatch(active -> active.isDue(now));
    }

    /** Names of what is due. */
    List<String> due(Instant now) {
        List<String> due = new ArrayList<>();
        byName.forEach((name, active) -> {
            if (active.isDue(now)) {
                due.add(name);
            }
        });
        return due;
    }

    DueTimes times(String name) {
        Active active = byName.get(name);
        if (active == null) {
            throw new IllegalArgumentException("schedule " + name + " is not active");
        }
        return active.times;
    }

    int size() {
        return byName.size();
    }
}
