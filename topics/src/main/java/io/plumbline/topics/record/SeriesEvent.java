package io.plumbline.topics.record;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is found out about a series of candles; keyed by the exchange, in the order in which it was found for each series.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SeriesEvent.GapFound.class, name = "gap-found"),
    @JsonSubTypes.Type(value = SeriesEvent.SlotArrived.class, name = "slot-arrived"),
    @JsonSubTypes.Type(value = SeriesEvent.Mislabelled.class, name = "mislabelled"),
    @JsonSubTypes.Type(value = SeriesEvent.Active.class, name = "active"),
    @JsonSubTypes.Type(value = SeriesEvent.Held.class, name = "held")
})
public sealed interface SeriesEvent {

    /** The exchange it is about, and keyed by. */
    String exchange();

    /** What is about one series. */
    sealed interface OfSeries extends SeriesEvent {

        SeriesKey series();

        @Override
        default String exchange() {
            return series().exchange();
        }
    }

    /**
     * Slots that should be there are not: a new gap, or one that has grown at its end. A gap is known by its series and
     * first slot; the last event says how long it is.
     *
     * @param first when the first missing slot opens
     * @param grownFrom when the first slot opens that no earlier event named; {@code first} for a new gap
     * @param last when the last missing slot opens
     * @param traded when the nearest slot before the gap opens that is known to have traded; {@code null} where none of
     *     the last 1,024 slots before is
     * @param judgedAt the time by which it was overdue: a later candle's or a marker's
     */
    record GapFound(
            SeriesKey series,
            Instant first,
            Instant grownFrom,
            Instant last,
            @Nullable Instant traded,
            Instant judgedAt)
            implements OfSeries {}

    /** The candle of a slot that was part of a gap, or known to be empty, came after all. */
    record SlotArrived(SeriesKey series, Instant openTime, Candle.Origin origin) implements OfSeries {}

    /**
     * Candles of the series do not open where its timeframe's slots do. Said once, until one fits again.
     *
     * @param openTime of the first
     */
    record Mislabelled(SeriesKey series, Instant openTime) implements OfSeries {}

    /**
     * The exchange's feed was alive in a minute: a slot that ended in it had its closed candle, or a heartbeat came. Said
     * at least once per minute and task that saw it.
     *
     * @param minute whole minutes since the epoch
     */
    record Active(String exchange, long minute) implements SeriesEvent {}

    /**
     * The answer to {@link SeriesCommand.FindHeld}: the candles that were asked for and are held, oldest first.
     *
     * @param traded when the nearest slot before them opens that is known to have traded; {@code null} where none of the
     *     last 1,024 slots before is
     */
    record Held(
            SeriesKey series,
            List<SlotRange> asked,
            List<Candle> candles,
            @Nullable Instant traded) implements OfSeries {}
}
