package io.plumbline.detector.series;

import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.SeriesEvent;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.SlotRange;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/** A series that is stored as bytes and read again for each record, as if it were restarted all the time. */
final class SeriesUnderTest {

    private final SeriesRules rules;
    private final SeriesKey key;
    private final InMemorySlotBlocks blocks = new InMemorySlotBlocks();
    private final List<SeriesEvent> events = new ArrayList<>();
    private byte[] state = SeriesState.NEW.toBytes();

    SeriesUnderTest(SeriesRules rules) {
        this.rules = rules;
        this.key = new SeriesKey("exchange", "BTC-EUR", rules.timeframe().name());
    }

    static Candle candle(long openTime, boolean closed) {
        BigDecimal price = BigDecimal.ONE;
        return new Candle(openTime, price, price, price, price, price, 1, Candle.Origin.LIVE, closed);
    }

    /** A closed candle, as soon as its slot is over. */
    CandleVerdict take(long slot) {
        return take(candle(rules.timeframe().openTimeOf(slot), true));
    }

    CandleVerdict take(Candle candle) {
        return with(series ->
                series.take(candle, candle.openTime() + rules.timeframe().lengthMs()));
    }

    void pass(long epochMs) {
        with(series -> {
            series.pass(epochMs);
            return true;
        });
    }

    long verifyEmpty(SlotRange slots) {
        return with(series -> series.verifyEmpty(List.of(slots)));
    }

    SeriesState state() {
        return SeriesState.of(state);
    }

    List<SeriesEvent> events() {
        return events;
    }

    GapLedger ledger() {
        return new GapLedger(rules.timeframe()).read(events);
    }

    InMemorySlotBlocks blocks() {
        return blocks;
    }

    SortedSet<Long> slots(SlotState wanted) {
        SortedSet<Long> slots = new TreeSet<>();
        blocks.bytes().forEach((number, bytes) -> {
            SlotBlock block = SlotBlock.of(bytes);
            for (int index = 0; index < SlotBlock.SLOTS; index++) {
                if (block.get(index) == wanted) {
                    slots.add(number * SlotBlock.SLOTS + index);
                }
            }
        });
        return slots;
    }

    private <T> T with(Function<Series, T> doing) {
        Series series = new Series(key, rules, SeriesState.of(state), blocks);
        T result = doing.apply(series);
        state = series.save().toBytes();
        events.addAll(series.takeEvents());
        return result;
    }
}
