package io.plumbline.repairer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.topics.record.RepairAnswer;

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
}
