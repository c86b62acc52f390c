package io.plumbline.topics.record;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A gap of a series on {@code gaps}, while it is open and when it is closed; keyed by {@link #key()}. Several runs may have
 * asked for the same slots, each with a gap of its own.
 *
 * @param runId the run that it belongs to
 * @param first when the first missing slot opens
 * @param last when the last one opens
 * @param slots how many are, or were, missing
 * @param filled how many were filled
 * @param verifiedEmpty how many the exchange is known to have no candle for
 * @param arrived how many were there after all
 * @param missing how many are missing still
 * @param reason why some are, where it is closed
 */
public record Gap(
        String runId,
        SeriesKey series,
        Instant first,
        Instant last,
        Silence silence,
        Status status,
        Instant foundAt,
        @Nullable Instant closedAt,
        long slots,
        long filled,
        long verifiedEmpty,
        long arrived,
        long missing,
        @Nullable String reason) {

    /** {@code run/exchange:symbol:timeframe/first}. */
    public String key() {
        return runId + "/" + series.text() + "/" + first;
    }

    /** Whose silence it was. */
    public enum Silence {
        /** The series': others of its exchange went on, or a heartbeat came. */
        QUIET,
        /** The whole exchange's. */
        OUTAGE
    }

    /** What became of a gap. */
    public enum Status {
        OPEN,
        /** Every slot has its candle, but those that are known to have none. */
        FILLED,
        /** No slot has a candle. */
        VERIFIED_EMPTY,
        /** Some are missing still. */
        PARTLY_FILLED,
        /** All are missing still. */
        FAILED
    }
}
