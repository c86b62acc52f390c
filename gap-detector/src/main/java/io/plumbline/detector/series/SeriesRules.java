package io.plumbline.detector.series;

import io.plumbline.topics.record.Timeframe;
import java.time.Duration;

/**
 * How a series is judged.
 *
 * @param lateness how long after the end of its slot a candle may come
 * @param retention how far back slots are known; what is verified to be empty is known for ever
 */
public record SeriesRules(Timeframe timeframe, Duration lateness, Duration retention) {

    /** When a slot without its candle is overdue, in milliseconds since the epoch. */
    long overdueAt(long slot) {
        return timeframe.openTimeOf(slot + 1) + lateness.toMillis();
    }

    /** The first slot that is not overdue at a time. */
    long firstNotOverdue(long epochMs) {
        return timeframe.slotOf(epochMs - lateness.toMillis());
    }

    /** The oldest slot that is known at a time. */
    long oldest(long epochMs) {
        return timeframe.slotOf(epochMs - retention.toMillis());
    }
}
