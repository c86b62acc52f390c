package io.plumbline.repairer;

import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.topics.record.BackfillAnswer;
import io.plumbline.topics.record.RepairAnswer;

/** Every meter of the repairer's own. */
public final class RepairerMeters {

    private RepairerMeters() {}

    public static void in(MeterRegistry registry, BackfillAnswer answer) {
        RepairerMetrics metrics = new RepairerMetrics(registry);
        metrics.answered("dataset", RepairAnswer.Result.REPAIRED);
        metrics.backfilled("exchange", answer);
    }
}
