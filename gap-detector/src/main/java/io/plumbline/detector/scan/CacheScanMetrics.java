package io.plumbline.detector.scan;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.detector.runs.CandleCounters;
import io.plumbline.topics.record.WorkAnswer;

/** What scans of the cache measure. */
final class CacheScanMetrics {

    private final MeterRegistry meters;

    CacheScanMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void scanned(WorkAnswer answer) {
        Counter.builder("plumbline.cache.scans")
                .description("Pieces of scans of the cache that were answered")
                .baseUnit("commands")
                .tag("status", answer.status().name())
                .register(meters)
                .increment();
        count(
                "plumbline.cache.series",
                "Series of which the cache was asked",
                "series",
                answer,
                CandleCounters.SERIES_SCANNED);
        count(
                "plumbline.cache.slots.missing",
                "Slots that the cache lacked",
                "slots",
                answer,
                CandleCounters.SLOTS_MISSING);
    }

    private void count(String name, String description, String unit, WorkAnswer answer, String counter) {
        Counter.builder(name)
                .description(description)
                .baseUnit(unit)
                .register(meters)
                .increment((double) answer.counters().getOrDefault(counter, 0L));
    }
}
