package io.plumbline.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;

/** Every meter that the runtime has for an app. */
public final class WorkerMeters {

    private WorkerMeters() {}

    public static void ofWorkers(MeterRegistry registry) {
        new WorkerMetrics("worker", registry);
    }

    public static void ofDeadLetters(MeterRegistry registry) {
        try (DeadLetterMetrics deadLetters = new DeadLetterMetrics()) {
            deadLetters.configure(Map.of(DeadLetterMetrics.METERS, registry, DeadLetterMetrics.APP, "app"));
        }
    }
}
