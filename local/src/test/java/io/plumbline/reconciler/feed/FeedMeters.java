package io.plumbline.reconciler.feed;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;

/** Every meter of the outbox feed's own. */
public final class FeedMeters {

    private FeedMeters() {}

    public static void in(MeterRegistry registry) {
        FeedMetrics metrics = new FeedMetrics(registry, Clock.systemUTC());
        metrics.published("dataset", Instant.EPOCH);
        metrics.malformed("dataset");
        metrics.gap("dataset");
        metrics.failed("dataset");
    }
}
