package io.plumbline.ticker;

import io.micrometer.core.instrument.MeterRegistry;

/** Every meter of the ticker's own. */
public final class TickerMeters {

    private TickerMeters() {}

    public static void in(MeterRegistry registry) {
        new TickerMetrics(registry);
    }
}
