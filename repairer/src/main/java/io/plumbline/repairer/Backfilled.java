package io.plumbline.repairer;

import io.plumbline.topics.record.BackfillAnswer;
import io.plumbline.topics.record.Candle;
import java.util.List;

/**
 * What became of a backfill command.
 *
 * @param candles the exchange's closed candles of the slots asked for, oldest first, for {@code candles}: also where the
 *     cache kept another or keeps none that old, since the series lack them all the same. None of those that were at hand
 */
public record Backfilled(BackfillAnswer answer, List<Candle> candles) {

    /** Nothing to tell but the answer. */
    static Backfilled only(BackfillAnswer answer) {
        return new Backfilled(answer, List.of());
    }
}
