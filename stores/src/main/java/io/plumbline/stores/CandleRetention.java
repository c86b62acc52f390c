package io.plumbline.stores;

import io.plumbline.topics.record.Timeframe;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a candle cache forgets by its own rules, so that it is not taken for a gap.
 *
 * @param newest the candles that a series is trimmed to; {@code null} where it is not
 * @param expiry after which a series that nobody writes goes away as a whole; {@code null} where it does not
 */
public record CandleRetention(
        @Nullable Integer newest, @Nullable Duration expiry) {

    /**
     * The open time from which on a series must be complete, whatever the rules have removed: its newest slots, as many
     * as it is trimmed to (the open one included), as far as they ended within the expiry.
     */
    public long surelyHeldFrom(Timeframe timeframe, long now) {
        long from = Long.MIN_VALUE;
        if (newest != null) {
            from = timeframe.openTimeOf(timeframe.slotOf(now) - newest + 1);
        }
        if (expiry != null) {
            // A candle is written when its slot has ended, at the earliest.
            long ended = now - expiry.toMillis() - timeframe.lengthMs();
            from = Math.max(from, timeframe.openTimeOf(timeframe.slotOf(ended) + 1));
        }
        return from;
    }

    /**
     * The open time from which on a series can be expected to be complete. The rules remove the oldest first: a hole
     * after the oldest candle that is there is none of theirs, however long ago it was.
     */
    public long expectedFrom(Timeframe timeframe, long now, OptionalLong oldest) {
        long surely = surelyHeldFrom(timeframe, now);
        return oldest.isPresent() ? Math.min(surely, oldest.getAsLong()) : surely;
    }
}
