package io.plumbline.detector;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.detector.series.CandleVerdict;
import io.plumbline.topics.record.SeriesEvent;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** The gap-detector's meters. */
final class GapDetectorMetrics {

    private final Map<CandleVerdict, Counter> candles = new EnumMap<>(CandleVerdict.class);
    private final Counter refused;
    private final Counter moved;
    private final Counter gaps;
    private final AtomicInteger series = new AtomicInteger();

    GapDetectorMetrics(MeterRegistry meters) {
        for (CandleVerdict verdict : CandleVerdict.values()) {
            candles.put(
                    verdict,
                    Counter.builder("plumbline.detector.candles")
                            .description("Candles read, by what they were to their series")
                            .tag("verdict", verdict.name().toLowerCase(Locale.ROOT))
                            .register(meters));
        }
        refused = Counter.builder("plumbline.detector.candles.refused")
                .description("Records of candles that became dead letters")
                .register(meters);
        moved = Counter.builder("plumbline.detector.candles.moved")
                .description("Candles that were not on their key's partition and were written to it")
                .register(meters);
        gaps = Counter.builder("plumbline.detector.gaps")
                .description("Gaps found, and how often one has grown")
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
}
