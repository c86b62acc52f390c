package io.plumbline.topics.record;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/**
 * What is found out about a series of candles; keyed by the exchange, in the order in which it was found for each series.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SeriesEvent.GapFound.class, name = "gap-found"),
    @JsonSubTypes.Type(value = SeriesEvent.SlotArrived.class, name = "slot-arrived"),
    @JsonSubTypes.Type(value = SeriesEvent.Mislabelled.class, name = "mislabelled")
})
public sealed interface SeriesEvent {

    SeriesKey series();

    /**
     * Slots that should be there are not: a new gap, or one that has grown at its end. A gap is known by its series and
     * first slot; the last event says how long it is.
     *
     * @param first when the first missing slot opens
     * @param last when the last missing slot opens
     * @param judgedAt the time by which it was overdue: a later candle's or a marker's
     */
    record GapFound(SeriesKey series, Instant first, Instant last, Instant judgedAt) implements SeriesEvent {}

    /** The candle of a slot that was part of a gap, or known to be empty, came after all. */
    record SlotArrived(SeriesKey series, Instant openTime, Candle.Origin origin) implements SeriesEvent {}

    /**
     * Candles of the series do not open where its timeframe's slots do. Said once, until one fits again.
     *
     * @param openTime of the first
     */
    record Mislabelled(SeriesKey series, Instant openTime) implements SeriesEvent {}
}
