package io.plumbline.topics.record;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What the stage of an exchange asks of the task that keeps a series; keyed as {@code candles} is. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SeriesCommand.VerifiedEmpty.class, name = "verified-empty"),
    @JsonSubTypes.Type(value = SeriesCommand.FindHeld.class, name = "find-held")
})
public sealed interface SeriesCommand {

    SeriesKey series();

    /** The exchange is known to have no candle for these slots. One that is present stays so. */
    record VerifiedEmpty(SeriesKey series, List<SlotRange> slots) implements SeriesCommand {}

    /** Give the candles of these slots that are still held; answered by one {@link SeriesEvent.Held}. */
    record FindHeld(SeriesKey series, List<SlotRange> slots) implements SeriesCommand {}
}
