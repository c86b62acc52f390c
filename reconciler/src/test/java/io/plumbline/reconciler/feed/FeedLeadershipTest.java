package io.plumbline.reconciler.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.runtime.Backoff;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.KafkaConfig;
import io.plumbline.topics.config.PostgresConfig;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class FeedLeadershipTest {

    private static final Backoff AT_ONCE = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1));

    private final List<String> fatal = new CopyOnWriteArrayList<>();
    private final AtomicInteger members = new AtomicInteger();

    @Test
    void shouldEndTheProcessWhenKafkaFailsTwentyTimesInARow() throws InterruptedException {
        try (FeedLeadership leadership = start(() -> {
            throw new KafkaException("no broker");
        })) {
            await().until(() -> !fatal.isEmpty());
        }

        assertThat(fatal).containsExactly("outbox feed: no broker");
        assertThat(members).hasValue(20);
    }

    @Test
    void shouldGoOnWhenTheCoordinatorAnsweredBetweenTheFailures() throws InterruptedException {
        try (FeedLeadership leadership = start(() -> new FailingMember(true))) {
            await().until(() -> members.get() > 60);
        }

        assertThat(fatal).isEmpty();
    }

    @Test
    void shouldEndTheProcessWhenEmptyPollsAreAllThatIsBetweenTheFailures() throws InterruptedException {
        try (FeedLeadership leadership = start(() -> new FailingMember(false))) {
            await().until(() -> !fatal.isEmpty());
        }

        assertThat(members).hasValue(20);
    }

    @Test
    void shouldEndTheProcessWhenAnErrorEndsTheThread() throws InterruptedException {
        try (FeedLeadership leadership = start(() -> {
            throw new NoClassDefFoundError("of some library");
        })) {
            await().until(() -> !fatal.isEmpty());
        }

        assertThat(fatal).containsExactly("outbox feed: of some library");
    }

    private FeedLeadership start(Supplier<Consumer<byte[], byte[]>> opened) {
        KafkaConfig kafka = new KafkaConfig("none:1", "", 1, (short) 1, null, Map.of());
        FeedConfig config =
                new FeedConfig(kafka, new Topics("", 1), new PostgresConfig("unused", "", "", "public", 1), List.of());
        Supplier<Consumer<byte[], byte[]>> counted = () -> {
            members.incrementAndGet();
            return opened.get();
        };
        return FeedLeadership.start(
                config, counted, List.of(), AT_ONCE, (part, cause) -> fatal.add(part + ": " + cause.getMessage()));
    }

    /** A member of the group without a partition: an empty poll, then a failure. */
    private static final class FailingMember extends MockConsumer<byte[], byte[]> {

        private final boolean joins;

        FailingMember(boolean joins) {
            super("earliest");
            this.joins = joins;
        }

        @Override
        public synchronized void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
            super.subscribe(topics, listener);
            schedulePollTask(() -> {
                if (joins) {
                    listener.onPartitionsAssigned(List.of());
                }
            });
            schedulePollTask(() -> {
                throw new KafkaException("the broker is away");
            });
        }
    }
}
