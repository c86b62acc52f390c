package io.plumbline.detector;

import io.plumbline.detector.series.Series;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.SeriesCommand;
import io.plumbline.topics.record.SeriesEvent;
import io.plumbline.topics.record.SlotRange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.api.Record;

/** Does what the stage of an exchange asks of a series. */
final class CommandAnswerer {

    private final SeriesBook book;
    private final HeldCandles held;
    private final SeriesOutlet outlet;
    private final GapDetectorMetrics metrics;

    CommandAnswerer(SeriesBook book, HeldCandles held, SeriesOutlet outlet, GapDetectorMetrics metrics) {
        this.book = book;
        this.held = held;
        this.outlet = outlet;
        this.metrics = metrics;
    }

    void answer(Record<String, Object> record, SeriesCommand command) {
        if (!isWhole(command)) {
            outlet.refuse(record, "the command lacks its series or its slots");
            return;
        }
        KnownSeries series;
        try {
            series = book.known(command.series().text());
        } catch (IllegalArgumentException e) {
            outlet.refuse(record, String.valueOf(e.getMessage()));
            return;
        }
        switch (command) {
            case SeriesCommand.VerifiedEmpty empty -> verifyEmpty(series, empty, record.timestamp());
            case SeriesCommand.FindHeld find -> outlet.say(find(series, find, record.timestamp()), record.timestamp());
        }
    }

    private void verifyEmpty(KnownSeries series, SeriesCommand.VerifiedEmpty empty, long at) {
        long marked = book.judge(series, at, (Series judged) -> judged.verifyEmpty(empty.slots()));
        metrics.verifiedEmpty().increment((double) marked);
    }

    private SeriesEvent.Held find(KnownSeries series, SeriesCommand.FindHeld find, long at) {
        SortedMap<Long, Candle> found = new TreeMap<>();
        find.slots().forEach(slots -> held.find(series, slots).forEach(candle -> found.put(candle.openTime(), candle)));
        metrics.heldFound().increment(found.size());
        long first = find.slots().stream()
                .mapToLong(SlotRange::first)
                .min()
                .orElseThrow(() -> new IllegalArgumentException("a command without slots was not refused"));
        Optional<Instant> traded = book.judge(series, at, (Series judged) -> judged.tradedBefore(first));
        return new SeriesEvent.Held(series.key(), find.slots(), List.copyOf(found.values()), traded.orElse(null));
    }

    // Records may lack what they must have.
    private static boolean isWhole(SeriesCommand command) {
        Stream<?> parts = switch (command) {
            case SeriesCommand.VerifiedEmpty empty -> Stream.of(empty.series(), empty.slots());
            case SeriesCommand.FindHeld find -> Stream.of(find.series(), find.slots());
        };
        return parts.noneMatch(part -> part == null || part.equals(List.of()));
    }
}
