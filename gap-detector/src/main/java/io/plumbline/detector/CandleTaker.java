package io.plumbline.detector;

import io.plumbline.detector.series.ActiveMinutes;
import io.plumbline.detector.series.CandleVerdict;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.SeriesEvent;
import io.plumbline.topics.record.Timeframe;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Takes candles that are on their key's partition.
 *
 * <ol>
 *   <li>What cannot be true becomes a dead letter; any other is judged by its series.
 *   <li>A closed one is held: the first of its slot, and a later one of a higher sequence.
 *   <li>The first of its slot proves, where the feed sent it, that the exchange was active in the minute in which the slot
 *       ended. What was asked for afterwards proves nothing about the feed.
 * </ol>
 */
final class CandleTaker {

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    private final SeriesBook book;
    private final HeldCandles held;
    private final SeriesOutlet outlet;
    private final GapDetectorMetrics metrics;
    private final ActiveMinutes active = new ActiveMinutes();

    CandleTaker(SeriesBook book, HeldCandles held, SeriesOutlet outlet, GapDetectorMetrics metrics) {
        this.book = book;
        this.held = held;
        this.outlet = outlet;
        this.metrics = metrics;
    }

    void take(Record<String, Candle> record) {
        KnownSeries series;
        try {
            series = book.known(record.key());
        } catch (IllegalArgumentException e) {
            outlet.refuse(record, String.valueOf(e.getMessage()));
            return;
        }
        @Nullable Candle candle = record.value();
        Optional<String> problem = CandleCheck.problem(candle, series.rules().timeframe(), record.timestamp());
        if (candle == null || problem.isPresent()) {
            outlet.refuse(record, problem.orElseThrow());
            return;
        }
        CandleVerdict verdict =
                book.judge(series, record.timestamp(), judged -> judged.take(candle, record.timestamp()));
        metrics.judged(verdict);
        switch (verdict) {
            case TAKEN -> {
                long slot = series.rules().timeframe().slotOf(candle.openTime());
                held.hold(series, candle, book.isNewest(series, slot));
                sayActive(series, candle, record.timestamp());
            }
            case DUPLICATE -> held.replace(series, candle);
            case MISLABELLED -> outlet.refuse(record, mislabelled(series));
            case OPEN, OUTDATED -> {
                // there is nothing to hold
            }
        }
    }

    private void sayActive(KnownSeries series, Candle candle, long at) {
        String exchange = series.key().exchange();
        Timeframe timeframe = series.rules().timeframe();
        long minute = Math.floorDiv(candle.openTime() + timeframe.lengthMs() - 1, MINUTE);
        if (candle.origin() == Candle.Origin.LIVE && active.say(exchange, minute)) {
            outlet.say(new SeriesEvent.Active(exchange, minute), at);
        }
    }

    private static String mislabelled(KnownSeries series) {
        return "the candle does not open where a slot of %s does: another timeframe's, or mislabelled"
                .formatted(series.key().timeframe());
    }
}
