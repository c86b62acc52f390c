package io.plumbline.detector;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.detector.exchange.ExchangeMeters;
import io.plumbline.detector.series.CandleVerdict;
import io.plumbline.topics.record.Gap;
import io.plumbline.topics.record.SeriesEvent;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** The gap-detector's meters. */
final class GapDetectorMetrics implements ExchangeMeters {

    private final Map<CandleVerdict, Counter> candles = new EnumMap<>(CandleVerdict.class);
    private final Counter refused;
    private final Counter moved;
    private final Counter gaps;
    private final Counter verifiedEmpty;
    private final Counter heldFound;
    private final Counter plans;
    private final Counter heartbeats;
    private final AtomicInteger series = new AtomicInteger();
    private final AtomicInteger openGaps = new AtomicInteger();
    private final MeterRegistry meters;

    GapDetectorMetrics(MeterRegistry meters) {
        this.meters = meters;
        for (CandleVerdict verdict : CandleVerdict.values()) {
            candles.put(
                    verdict,
                    Counter.builder("plumbline.detector.candles")
                            .description("Candles read, by what they were to their series")
                            .tag("verdict", word(verdict))
                            .register(meters));
        }
        refused = Counter.builder("plumbline.detector.candles.refused")
                .description("Records that became dead letters: candles, commands, heartbeats")
                .register(meters);
        moved = Counter.builder("plumbline.detector.candles.moved")
                .description("Candles that were not on their key's partition and were written to it")
                .register(meters);
        gaps = Counter.builder("plumbline.detector.gaps")
                .description("Gaps found, and how often one has grown")
                .register(meters);
        verifiedEmpty = Counter.builder("plumbline.detector.slots.verified.empty")
                .description("Slots of which the exchange is known to have no candle")
                .register(meters);
        heldFound = Counter.builder("plumbline.detector.candles.held.found")
                .description("Candles that were held and given to fill gaps from")
                .register(meters);
        plans = Counter.builder("plumbline.detector.cache.plans")
                .description("Plans of cache scans that were answered")
                .register(meters);
        heartbeats = Counter.builder("plumbline.detector.heartbeats")
                .description("Heartbeats heard")
                .register(meters);
        Gauge.builder("plumbline.detector.gaps.open", openGaps, AtomicInteger::get)
                .description("Gaps that runs wait for")
                .register(meters);
        Gauge.builder("plumbline.detector.series", series, AtomicInteger::get)
                .description("Series of this process")
                .register(meters);
    }

    void judged(CandleVerdict verdict) {
        Objects.requireNonNull(candles.get(verdict)).increment();
    }

    Counter refused() {
        return refused;
    }

    Counter moved() {
        return moved;
    }

    Counter verifiedEmpty() {
        return verifiedEmpty;
    }

    Counter heldFound() {
        return heldFound;
    }

    Counter plans() {
        return plans;
    }

    Counter heartbeats() {
        return heartbeats;
    }

    void found(List<SeriesEvent> events) {
        for (SeriesEvent event : events) {
            if (event instanceof SeriesEvent.GapFound) {
                gaps.increment();
            }
        }
    }

    /** Series came to a task, or left it. */
    void seriesChanged(int by) {
        series.addAndGet(by);
    }

    @Override
    public void openGapsChanged(int by) {
        openGaps.addAndGet(by);
    }

    @Override
    public void closed(Gap gap) {
        Counter.builder("plumbline.detector.gaps.closed")
                .description("Gaps by what became of them, and whose silence they were")
                .tag("status", word(gap.status()))
                .tag("silence", word(gap.silence()))
                .register(meters)
                .increment();
    }

    @Override
    public void asked(boolean exchange) {
        Counter.builder("plumbline.detector.requests")
                .description("Requests to fill gaps, by where the candles are to come from")
                .tag("from", exchange ? "exchange" : "held")
                .register(meters)
                .increment();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
