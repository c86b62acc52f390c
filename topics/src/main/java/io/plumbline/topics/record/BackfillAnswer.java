package io.plumbline.topics.record;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a {@link BackfillCommand}; keyed by the exchange. Slots that were asked for and are in none of the lists
 * had not ended when the exchange was asked.
 *
 * @param filled their candle is in the cache by this request, or by the same one before a crash
 * @param kept the cache had something there that is not known to be older: it was left
 * @param trimmed older than everything that the cache keeps of the series
 * @param empty the exchange has no candle for them
 * @param sawTraded whether the answer held a slot that is known to have traded; if not, {@code empty} proves nothing
 * @param asked whether the exchange was asked: one HTTP request
 * @param notBefore when to ask again, for {@code THROTTLED}
 * @param reason why, where the status is not {@code DONE}
 */
public record BackfillAnswer(
        String requestId,
        SeriesKey series,
        Status status,
        List<SlotRange> filled,
        List<SlotRange> kept,
        List<SlotRange> trimmed,
        List<SlotRange> empty,
        boolean sawTraded,
        boolean asked,
        @Nullable Instant notBefore,
        @Nullable String reason) {

    /** How a command was answered. */
    public enum Status {
        /** The exchange answered, or candles were at hand, and they are in the cache. */
        DONE,
        /** The exchange wants nothing more before a time. */
        THROTTLED,
        /** The exchange or the cache is away: nothing is proven, ask again. */
        UNAVAILABLE,
        /** The exchange or the cache refuses: asking again is no help. */
        REFUSED,
        /** Its deadline had passed: not executed. */
        EXPIRED
    }

    @SuppressWarnings("NullAway") // Jackson passes null for a list that was left out
    public BackfillAnswer {
        filled = filled == null ? List.of() : List.copyOf(filled);
        kept = kept == null ? List.of() : List.copyOf(kept);
        trimmed = trimmed == null ? List.of() : List.copyOf(trimmed);
        empty = empty == null ? List.of() : List.copyOf(empty);
    }

    /** An answer that says only why nothing was done. */
    public static BackfillAnswer without(
            BackfillCommand command, Status status, boolean asked, @Nullable Instant notBefore, String reason) {
        return new BackfillAnswer(
                command.requestId(),
                command.series(),
                status,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false,
                asked,
                notBefore,
                reason);
    }
}
