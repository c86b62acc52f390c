package io.plumbline.detector.scan;

import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.topics.record.AnswerStatus;
import io.plumbline.topics.record.WorkAnswer;
import io.plumbline.topics.record.WorkCommand;

/** Every meter of the scans of the candle cache. */
public final class ScanMeters {

    private ScanMeters() {}

    public static void in(MeterRegistry registry, WorkCommand work) {
        new CacheScanMetrics(registry).scanned(WorkAnswer.without(work, AnswerStatus.EXPIRED, "late"));
    }
}
