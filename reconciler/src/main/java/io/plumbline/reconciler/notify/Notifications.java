package io.plumbline.reconciler.notify;

import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.runtime.BatchHandler;
import io.plumbline.runtime.FatalHandler;
import io.plumbline.runtime.KafkaClients;
import io.plumbline.runtime.RunningParts;
import io.plumbline.runtime.WorkerLoop;
import io.plumbline.topics.Topic;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.NotificationsConfig;
import io.plumbline.topics.config.PlumblineConfig;
import java.net.URI;
import java.time.Clock;
import java.util.UUID;

/**
 * Who tells people, each in a thread and a consumer group of its own, beside everything else: a webhook that is slow
 * or away delays notifications only. A partition is read by one member, so that each event is told by one process.
 */
public record Notifications(PlumblineConfig config, Topics topics, MeterRegistry meters) {

    private static final String DRIFTS = "plumbline-notify-drifts";
    /** One, since each may be a post: a member that posts for longer than Kafka waits for its next poll is put out. */
    private static final int REPORTS_AT_ONCE = 1;

    private static final int LETTERS_AT_ONCE = 500;

    /** Starts them where a webhook is configured. */
    public void startInto(RunningParts parts) {
        NotificationsConfig told = config.notifications();
        if (told.url() == null) {
            return;
        }
        Clock clock = Clock.systemUTC();
        Webhook webhook = new Webhook(URI.create(told.url()), Webhook.Patience.USUAL);
        Notifier notifier = new Notifier(
                webhook,
                told.minimumSeverity(),
                new NoticeLimit(clock, told.atMostPerMinute()),
                new NotificationMetrics(meters));
        parts.add(loop("notify-runs", topics.reconciliationReport, REPORTS_AT_ONCE, new RunTeller(notifier, clock)));
        parts.add(loop(
                "notify-dead-letters", topics.deadLetters, LETTERS_AT_ONCE, new DeadLetterTeller(notifier, clock)));
        String group = config.kafka().topicPrefix() + DRIFTS;
        KafkaClients clients = new KafkaClients(config.kafka());
        parts.add(DriftWatch.start(
                () -> clients.openGroupMember(group, group + "-" + UUID.randomUUID(), LETTERS_AT_ONCE),
                topics.drifts,
                told.driftOlderThan(),
                notifier,
                clock,
                FatalHandler.exitProcess()));
        parts.add(webhook); // The last, and so the first to be closed: nobody waits for it then.
    }

    private <V> WorkerLoop loop(String name, Topic<String, V> input, int atOnce, BatchHandler<V> handler) {
        return WorkerLoop.start(
                new WorkerLoop.Settings<>(name, input, 1, atOnce, handler, config.kafka(), topics, meters));
    }
}
