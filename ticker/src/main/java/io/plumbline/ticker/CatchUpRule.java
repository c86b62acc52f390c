package io.plumbline.ticker;

import io.plumbline.ticker.cron.DueTimes;
import io.plumbline.topics.record.Schedule.CatchUp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Which of the instants that fell due since a schedule was looked at last are fired. */
final class CatchUpRule {

    /** An instant that is looked at no later than this was not missed: a rebalance may take as long. */
    static final Duration ON_TIME = Duration.ofMinutes(1);

    private CatchUpRule() {}

    /**
     * @param fire the nominal instants to fire, in order
     * @param settled everything up to this instant needs no further look
     */
    record Decision(List<Instant> fire, Instant settled) {}

    /**
     * Decides about {@code (settled, now]}: {@code LATEST} fires the newest instant, {@code NONE} the newest where it is
     * not missed, {@code ALL} all of them, at most so many at a time.
     */
    static Decision decide(CatchUp catchUp, DueTimes times, Instant settled, Instant now, int atMost) {
        return switch (catchUp) {
            case LATEST -> new Decision(times.latest(settled, now).stream().toList(), now);
            case NONE ->
                new Decision(
                        times.latest(settled, now).stream()
                                .filter(due -> !due.isBefore(now.minus(ON_TIME)))
                                .toList(),
                        now);
            case ALL -> {
                List<Instant> fire = times.between(settled, now, atMost);
                yield new Decision(fire, fire.size() < atMost ? now : fire.get(atMost - 1));
            }
        };
    }
}
