package io.plumbline.reconciler.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.NotificationsConfig.Severity;
import io.plumbline.topics.record.Drift;
import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.EntityKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DriftWatchTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final Webhook.Patience PATIENCE =
            new Webhook.Patience(1, Duration.ofMillis(5), Duration.ofSeconds(1), Duration.ofSeconds(10));

    private final Topics topics = new Topics("", 1);
    private final List<String> fatal = new CopyOnWriteArrayList<>();
    private SimulatedWebhook server;
    private Webhook webhook;

    @BeforeEach
    void start() throws IOException {
        server = new SimulatedWebhook();
        webhook = new Webhook(server.url(), PATIENCE);
    }

    @AfterEach
    void stop() {
        webhook.close();
        server.close();
    }

    @Test
    void shouldTellOfAnOldDriftWhenAnIncompleteOneStandsBeforeIt() throws InterruptedException {
        MockConsumer<byte[], byte[]> member = holding(
                "{}".getBytes(StandardCharsets.UTF_8),
                topics.drifts.toRecord("mails/1", drift()).value());

        try (DriftWatch watch = watch(() -> member)) {
            await().until(() -> !server.posts().isEmpty());
        }

        assertThat(server.posts().getFirst().body())
                .contains("1 drifts of mails")
                .contains("mails/1");
        assertThat(fatal).isEmpty();
    }

    @Test
    void shouldSayThatItHasEndedWhenAnErrorEndsIt() throws InterruptedException {
        try (DriftWatch watch = watch(() -> {
            throw new NoClassDefFoundError("of some library");
        })) {
            await().untilAsserted(
                            () -> assertThat(fatal).containsExactly("the watch over old drifts: of some library"));
        }
    }

    private DriftWatch watch(Supplier<Consumer<byte[], byte[]>> members) {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        Notifier notifier = new Notifier(
                webhook,
                Severity.WARNING,
                new NoticeLimit(clock, 10),
                new NotificationMetrics(new SimpleMeterRegistry()));
        return DriftWatch.start(
                members,
                topics.drifts,
                Duration.ofMinutes(30),
                notifier,
                clock,
                (part, cause) -> fatal.add(part + ": " + cause.getMessage()));
    }

    /** A member of the group that has the topic's one partition, and in it records of these values. */
    private MockConsumer<byte[], byte[]> holding(byte[]... values) {
        TopicPartition partition = new TopicPartition(topics.drifts.name(), 0);
        MockConsumer<byte[], byte[]> member = new MockConsumer<>("earliest");
        member.schedulePollTask(() -> {
            member.updateBeginningOffsets(Map.of(partition, 0L));
            member.rebalance(List.of(partition));
            for (int i = 0; i < values.length; i++) {
                byte[] key = ("mails/" + i).getBytes(StandardCharsets.UTF_8);
                member.addRecord(new ConsumerRecord<>(partition.topic(), 0, i, key, values[i]));
            }
        });
        return member;
    }

    private static Drift drift() {
        return new Drift(
                EntityKey.of("mails", "1"),
                DriftClass.MISSING,
                NOW.minus(Duration.ofHours(1)),
                NOW,
                "run",
                "failed",
                List.of(),
                null);
    }
}
