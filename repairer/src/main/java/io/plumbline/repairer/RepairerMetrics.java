package io.plumbline.repairer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.topics.record.BackfillAnswer;
import io.plumbline.topics.record.RepairAnswer;
import io.plumbline.topics.record.SlotRange;

/** What the repairer measures. */
final class RepairerMetrics {

    private final MeterRegistry meters;

    RepairerMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** @param dataset one of the configured, or {@code unknown} */
    void answered(String dataset, RepairAnswer.Result result) {
        Counter.builder("plumbline.repairs")
                .description("Repair commands answered")
                .baseUnit("commands")
                .tag("dataset", dataset)
                .tag("result", result.name())
                .register(meters)
                .increment();
    }

    /** @param exchange one of the configured, or {@code unknown} */
    void backfilled(String exchange, BackfillAnswer answer) {
        Counter.builder("plumbline.backfills")
                .description("Backfill commands answered, and whether the exchange was asked")
                .baseUnit("commands")
                .tag("exchange", exchange)
                .tag("status", answer.status().name())
                .tag("asked", Boolean.toString(answer.asked()))
                .register(meters)
                .increment();
        Counter.builder("plumbline.backfill.candles")
                .description("Candles that were brought into the cache")
                .baseUnit("candles")
                .tag("exchange", exchange)
                .register(meters)
                .increment((double) SlotRange.size(answer.filled()));
    }
}
