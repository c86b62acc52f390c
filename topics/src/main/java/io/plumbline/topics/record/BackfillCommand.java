package io.plumbline.topics.record;

import java.time.Instant;
import java.util.List;

/**
 * Fill slots of one series: by one HTTP request to its exchange, or with candles that are at hand. Keyed by the exchange,
 * whose owner keeps its budget; answered exactly once with a {@link BackfillAnswer}.
 *
 * @param requestId a request that is asked for again after a pause is another one
 * @param slots what is to be filled, ascending; together with what lies between them no more than a request may ask for
 * @param traded slots nearby, not among them, that are known to have traded, ascending: an answer without a candle is
 *     believed only where it holds one of them. May be none
 * @param held candles that are at hand: where there are any, they are written and the exchange is not asked
 * @param deadline after it the worker answers {@link BackfillAnswer.Status#EXPIRED} and does nothing
 */
public record BackfillCommand(
        String requestId,
        SeriesKey series,
        List<SlotRange> slots,
        List<Long> traded,
        List<Candle> held,
        Instant deadline) {

    @SuppressWarnings("NullAway") // Jackson passes null for a list that was left out
    public BackfillCommand {
        slots = List.copyOf(slots);
        traded = traded == null ? List.of() : List.copyOf(traded);
        held = held == null ? List.of() : List.copyOf(held);
    }
}
