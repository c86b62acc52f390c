package io.plumbline.ticker;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicInteger;

/** The ticker's meters. */
final class TickerMetrics {

    private final Counter refused;
    private final Timer lateness;
    private final AtomicInteger active = new AtomicInteger();

    TickerMetrics(MeterRegistry meters) {
        refused = Counter.builder("plumbline.ticker.schedules.refused")
                .description("Schedule records that could not be taken and became dead letters")
                .register(meters);
        lateness = Timer.builder("plumbline.ticker.lateness")
                .description("Ticks, and how long after its nominal instant each was fired")
                .register(meters);
        Gauge.builder("plumbline.ticker.schedules.active", active, AtomicInteger::get)
                .description("Schedules of this process that are neither paused nor deleted")
                .register(meters);
    }

    Counter refused() {
        return refused;
    }

    /** Its count is the number of ticks. */
    Timer lateness() {
        return lateness;
    }

    /** Active schedules came to a task, or left it. */
    void activeChanged(int by) {
        active.addAndGet(by);
    }
}
