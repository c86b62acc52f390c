package io.plumbline.reconciler.notify;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** What is measured of notifications. */
final class NotificationMetrics {

    private final MeterRegistry meters;

    NotificationMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void sent(Notice notice) {
        count(notice, "sent");
    }

    /** There were too many. */
    void heldBack(Notice notice) {
        count(notice, "held-back");
    }

    /** The webhook did not take it. */
    void undelivered(Notice notice) {
        count(notice, "undelivered");
    }

    private void count(Notice notice, String outcome) {
        Counter.builder("plumbline.notifications")
                .description("Notifications, by what became of them")
                .tag("kind", notice.kind().text())
                .tag("severity", notice.severity().name().toLowerCase(Locale.ROOT))
                .tag("outcome", outcome)
                .register(meters)
                .increment();
    }
}
