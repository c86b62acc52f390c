package io.plumbline.reconciler.notify;

import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.topics.config.NotificationsConfig.Severity;

/** Every meter of notifications. */
public final class NotificationMeters {

    private NotificationMeters() {}

    public static void in(MeterRegistry registry) {
        new NotificationMetrics(registry).sent(new Notice(Notice.Kind.RUN, Severity.CRITICAL, "text"));
    }
}
