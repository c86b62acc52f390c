package io.plumbline.repairer;

import io.plumbline.topics.record.Candle;
import java.time.Instant;
import java.util.List;

/** What became of a {@link BackfillRequest}. */
public sealed interface BackfillResult {

    /**
     * The exchange answered, and its candles are in the cache.
     *
     * @param candles the closed candles of the slots asked for, oldest first
     * @param filled how many of them are in the cache by this request, or by the same one before a crash
     * @param kept how many found something there that is not known to be older
     * @param trimmed how many are older than what the cache keeps
     * @param empty slots asked for that have ended and have no candle
     * @param sawTraded whether the answer held a slot that is known to have traded; if not, {@code empty} proves nothing
     */
    record Answered(List<Candle> candles, int filled, int kept, int trimmed, List<Long> empty, boolean sawTraded)
            implements BackfillResult {}

    /** The exchange wants nothing more before then; nothing was written. */
    record Throttled(Instant until, String reason) implements BackfillResult {}

    /** The exchange or the cache is away: nothing is proven, ask again. */
    record Unavailable(String reason) implements BackfillResult {}

    /** The exchange or the cache refuses: asking again is no help. */
    record Refused(String reason) implements BackfillResult {}
}
