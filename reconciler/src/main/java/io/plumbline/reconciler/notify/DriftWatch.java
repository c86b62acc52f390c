package io.plumbline.reconciler.notify;

import io.plumbline.runtime.Backoff;
import io.plumbline.runtime.FatalHandler;
import io.plumbline.topics.Topic;
import io.plumbline.topics.record.Drift;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of drifts that have come of age, in a thread of its own. A member of a group that has a partition of
 * {@code drifts} reads it from its beginning and keeps what is open; a partition that moves is told of again. Where Kafka
 * is away it waits: nothing else depends on it. Anything else that ends it is a bug, and ends the process: nobody would be
 * told any more.
 */
final class DriftWatch implements AutoCloseable {

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
    private static final Logger LOG = LoggerFactory.getLogger(DriftWatch.class);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Topic<String, Drift> topic;
    private final Duration age;
    private final Notifier notifier;
    private final Clock clock;
    private final FatalHandler fatal;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private int failures;

    private DriftWatch(
            Supplier<Consumer<byte[], byte[]>> consumers,
            Topic<String, Drift> topic,
            Duration age,
            Notifier notifier,
            Clock clock,
            FatalHandler fatal) {
        this.consumers = consumers;
        this.topic = topic;
        this.age = age;
        this.notifier = notifier;
        this.clock = clock;
        this.fatal = fatal;
        this.thread = Thread.ofPlatform().name("notify-drifts").unstarted(this::run);
    }

    /** @param consumers each gives a new member of the group */
    static DriftWatch start(
            Supplier<Consumer<byte[], byte[]>> consumers,
            Topic<String, Drift> topic,
            Duration age,
            Notifier notifier,
            Clock clock,
            FatalHandler fatal) {
        DriftWatch started = new DriftWatch(consumers, topic, age, notifier, clock, fatal);
        started.thread.start();
        return started;
    }

    /** Throws {@link IllegalStateException} where the thread had to be interrupted. */
    @Override
    public void close() throws InterruptedException {
        closing.countDown();
        if (!thread.join(CLOSING)) {
            thread.interrupt();
            boolean ended = thread.join(CLOSING);
            throw new IllegalStateException("the watch over old drifts was still busy %s after it was asked to end: %s"
                    .formatted(CLOSING, ended ? "interrupted" : "left behind"));
        }
    }

    private void run() {
        try {
            while (closing.getCount() > 0) {
                try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                    watch(consumer);
                } catch (KafkaException e) {
                    failures++;
                    Duration pause = BACKOFF.after(failures, topic.hashCode());
                    LOG.warn("the watch over old drifts failed ({} in a row); again in {}", failures, pause, e);
                    closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            LOG.info("the watch over old drifts was interrupted");
        } catch (RuntimeException | Error e) {
            fatal.fatal("the watch over old drifts", e);
        }
    }

    private void watch(Consumer<byte[], byte[]> consumer) throws InterruptedException {
        OldDrifts drifts = new OldDrifts(age);
        Deque<Notice> toTell = new ArrayDeque<>();
        consumer.subscribe(List.of(topic.name()), new Ownership(consumer, drifts));
        while (closing.getCount() > 0) {
            boolean caughtUp = true;
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                hear(drifts, record);
                caughtUp = false;
                failures = 0;
            }
            // Not amid a backlog: what looks old may have been closed since.
            if (caughtUp) {
                toTell.addAll(drifts.takeAged(clock.instant()));
            }
            // One between two polls: a member that does not poll for long is put out.
            if (!toTell.isEmpty()) {
                notifier.tell(toTell.remove());
            }
        }
    }

    private void hear(OldDrifts drifts, ConsumerRecord<byte[], byte[]> record) {
        try {
            String entity = topic.key().deserializer().deserialize(record.topic(), record.key());
            Drift drift = record.value() == null
                    ? null
                    : topic.value().deserializer().deserialize(record.topic(), record.value());
            drifts.heard(record.partition(), entity, drift);
        } catch (SerializationException e) {
            // Somebody else's writing.
            LOG.warn("{}-{} offset {} is passed over", record.topic(), record.partition(), record.offset(), e);
        }
    }

    private record Ownership(Consumer<?, ?> consumer, OldDrifts drifts) implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            consumer.seekToBeginning(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            partitions.forEach(partition -> drifts.forget(partition.partition()));
        }
    }
}
