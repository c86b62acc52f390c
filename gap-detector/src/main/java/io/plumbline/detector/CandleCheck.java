package io.plumbline.detector;

import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.Timeframe;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a candle can be true, whatever its series is. */
final class CandleCheck {

    /** How much the clocks of those who write candles may differ from each other. */
    static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    private CandleCheck() {}

    /**
     * What is wrong with it, and what would be right; nothing where it can be taken.
     *
     * @param writtenAt when it was written, in milliseconds since the epoch
     */
    static Optional<String> problem(@Nullable Candle candle, Timeframe timeframe, long writtenAt) {
        if (candle == null) {
            return Optional.of("the record has no candle");
        }
        if (!isWhole(candle)) {
            return Optional.of("the candle lacks a price, its volume or its origin");
        }
        long proven = candle.closed() ? candle.openTime() + timeframe.lengthMs() : candle.openTime();
        if (proven > writtenAt + CLOCK_SKEW.toMillis()) {
            return Optional.of(
                    "the candle that opens at %s was written at %s: before it %s; right is milliseconds since the epoch"
                            .formatted(
                                    Instant.ofEpochMilli(candle.openTime()),
                                    Instant.ofEpochMilli(writtenAt),
                                    candle.closed() ? "can be closed" : "opens"));
        }
        return Optional.empty();
    }

    // Records from outside may lack what they must have.
    private static boolean isWhole(Candle candle) {
        boolean hasPrices =
                isThere(candle.open()) && isThere(candle.high()) && isThere(candle.low()) && isThere(candle.close());
        return hasPrices && isThere(candle.volume()) && isThere(candle.origin());
    }

    private static boolean isThere(@Nullable Object part) {
        return part != null;
    }
}
