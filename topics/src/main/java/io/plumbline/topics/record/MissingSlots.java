package io.plumbline.topics.record;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/** A gap as a case of a run: how it is spelt as an entity. */
public record MissingSlots(SeriesKey series, Instant first, Instant last) {

    private static final int PARTS = 4;

    /** Of the slots from the first to the last, both included. */
    public static MissingSlots of(SeriesKey series, SlotRange slots) {
        Timeframe timeframe = Timeframe.parse(series.timeframe());
        return new MissingSlots(
                series,
                Instant.ofEpochMilli(timeframe.openTimeOf(slots.first())),
                Instant.ofEpochMilli(timeframe.openTimeOf(slots.last())));
    }

    /** Reads what {@link #entity()} gave; throws {@link IllegalArgumentException} for anything else. */
    public static MissingSlots of(EntityKey entity) {
        List<String> parts = entity.parts();
        if (parts.size() == PARTS) {
            try {
                SeriesKey series = new SeriesKey(entity.dataset(), parts.get(0), parts.get(1));
                return new MissingSlots(series, Instant.parse(parts.get(2)), Instant.parse(parts.get(3)));
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(entity.text() + " is no gap: " + e.getMessage(), e);
            }
        }
        throw new IllegalArgumentException(
                entity.text() + " is no gap; right is exchange/symbol/timeframe/first/last with two open times");
    }

    /** Exchange, symbol, timeframe and the open times of the first and the last slot. */
    public EntityKey entity() {
        return EntityKey.of(series.exchange(), series.symbol(), series.timeframe(), first.toString(), last.toString());
    }

    public SlotRange slots() {
        Timeframe timeframe = Timeframe.parse(series.timeframe());
        return new SlotRange(timeframe.slotOf(first.toEpochMilli()), timeframe.slotOf(last.toEpochMilli()));
    }

    @Override
    public String toString() {
        return "%s %s from %s to %s, %d slots"
                .formatted(series.symbol(), series.timeframe(), first, last, slots().size());
    }
}
