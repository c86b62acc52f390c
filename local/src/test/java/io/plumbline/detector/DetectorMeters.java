package io.plumbline.detector;

import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.topics.record.Gap;

/** Every meter of the gap-detector's streams. */
public final class DetectorMeters {

    private DetectorMeters() {}

    public static void in(MeterRegistry registry, Gap gap) {
        GapDetectorMetrics metrics = new GapDetectorMetrics(registry);
        metrics.closed(gap);
        metrics.asked(true);
    }
}
