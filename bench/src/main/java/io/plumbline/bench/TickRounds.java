package io.plumbline.bench;

import io.plumbline.topics.record.Tick;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The ticks of schedules that are due once a minute, by the minute of their nominal instant: each minute is a round. The
 * minute of the first tick is not measured, since the ticker starts in it.
 */
final class TickRounds {

    private final int schedules;
    private final int rounds;
    private final Set<Tick> seen = new HashSet<>();
    private final Map<Instant, Latencies> minutes = new TreeMap<>();
    private @Nullable Instant starting;

    /** @param schedules how many ticks a minute has */
    TickRounds(int schedules, int rounds) {
        this.schedules = schedules;
        this.rounds = rounds;
    }

    /**
     * Takes a tick that could be read at that time; throws {@link IllegalStateException} where its schedule has ticked
     * for that instant before.
     */
    void take(Tick tick, Instant readAt) {
        if (!seen.add(new Tick(tick.schedule(), tick.nominal(), tick.job(), tick.nominal()))) {
            throw new IllegalStateException("a second tick of " + tick.schedule() + " for " + tick.nominal());
        }
        Instant minute = tick.nominal().truncatedTo(ChronoUnit.MINUTES);
        if (starting == null || minute.isBefore(starting)) {
            starting = minute;
        }
        minutes.computeIfAbsent(minute, start -> new Latencies())
                .add((double) Duration.between(tick.nominal(), readAt).toMillis());
    }

    /** Whether all ticks of all rounds were taken. */
    boolean isComplete() {
        List<Latencies> measured = measured();
        return measured.size() == rounds && measured.stream().allMatch(round -> round.count() == schedules);
    }

    /** The lateness of each round, as far as there are any. */
    List<Latencies> measured() {
        return minutes.entrySet().stream()
                .filter(minute -> !minute.getKey().equals(starting))
                .limit(rounds)
                .map(Map.Entry::getValue)
                .toList();
    }
}
