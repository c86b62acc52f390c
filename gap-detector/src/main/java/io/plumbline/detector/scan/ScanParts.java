package io.plumbline.detector.scan;

import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Timeframe;
import io.plumbline.topics.record.Work.ExpectedSlots;
import java.util.List;
import java.util.stream.Stream;

/** Cuts what is expected of one series into parts that a record has room for, by halves. */
final class ScanParts {

    /** The largest part, in bytes as estimated. */
    static final int LARGEST = 200_000;

    private static final int SERIES_BYTES = 150;
    private static final int RANGE_BYTES = 40;
    private static final int CANDLE_BYTES = 150;

    private ScanParts() {}

    /** About how many bytes it takes in a record. */
    static int bytes(ExpectedSlots slots) {
        return SERIES_BYTES
                + slots.series().text().length()
                + RANGE_BYTES * slots.empty().size()
                + CANDLE_BYTES * slots.known().size();
    }

    /** The parts in the order of their slots; one where the whole is small enough. */
    static List<ExpectedSlots> of(ExpectedSlots whole) {
        if (bytes(whole) <= LARGEST || whole.first() == whole.last()) {
            return List.of(whole);
        }
        long middle = whole.first() + (whole.last() - whole.first()) / 2;
        return Stream.of(part(whole, whole.first(), middle), part(whole, middle + 1, whole.last()))
                .flatMap(half -> of(half).stream())
                .toList();
    }

    private static ExpectedSlots part(ExpectedSlots whole, long first, long last) {
        SlotRange slots = new SlotRange(first, last);
        Timeframe timeframe = Timeframe.parse(whole.series().timeframe());
        List<SlotRange> empty = whole.empty().stream()
                .filter(range -> range.first() <= last && range.last() >= first)
                .map(range -> new SlotRange(Math.max(range.first(), first), Math.min(range.last(), last)))
                .toList();
        List<Candle> known = whole.known().stream()
                .filter(candle -> slots.contains(timeframe.slotOf(candle.openTime())))
                .toList();
        return new ExpectedSlots(whole.series(), first, last, empty, known);
    }
}
