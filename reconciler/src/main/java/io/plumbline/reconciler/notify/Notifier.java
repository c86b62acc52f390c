package io.plumbline.reconciler.notify;

import io.plumbline.topics.config.NotificationsConfig.Severity;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells notices: those that are severe enough, no more than are admitted, one after the other. It blocks who calls it,
 * and nobody else.
 */
final class Notifier {

    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);

    private final Webhook webhook;
    private final Severity minimum;
    private final NoticeLimit limit;
    private final NotificationMetrics metrics;

    Notifier(Webhook webhook, Severity minimum, NoticeLimit limit, NotificationMetrics metrics) {
        this.webhook = webhook;
        this.minimum = minimum;
        this.limit = limit;
        this.metrics = metrics;
    }

    synchronized void tell(Notice notice) throws InterruptedException {
        if (notice.severity().compareTo(minimum) < 0) {
            return;
        }
        if (!limit.admits(notice.kind())) {
            metrics.heldBack(notice);
            LOG.warn("a notification is held back, there are too many: {}", notice.text());
            return;
        }
        Map<Notice.Kind, Integer> before = limit.takeHeldBack();
        Optional<String> failure = webhook.post(SlackMessage.json(notice, before));
        if (failure.isEmpty()) {
            metrics.sent(notice);
            return;
        }
        before.forEach((kind, count) -> limit.heldBack(kind, count));
        limit.heldBack(notice.kind(), 1);
        metrics.undelivered(notice);
        LOG.error("the webhook of notifications.url takes no notification, {}: {}", failure.get(), notice.text());
    }
}
