package io.plumbline.runtime;

import io.plumbline.topics.Topic;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a topic from its beginning in a thread of its own and in no group, and hands over each record; {@code null} is a
 * tombstone. What cannot be read is passed over.
 */
public final class TopicListener<V> implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Logger LOG = LoggerFactory.getLogger(TopicListener.class);

    private final Topic<String, V> topic;
    private final Consumer<byte[], byte[]> consumer;
    private final BiConsumer<String, @Nullable V> listener;
    private final FatalHandler fatal;
    private final Thread thread;

    private TopicListener(
            Topic<String, V> topic,
            Consumer<byte[], byte[]> consumer,
            BiConsumer<String, @Nullable V> listener,
            FatalHandler fatal) {
        this.topic = topic;
        this.consumer = consumer;
        this.listener = listener;
        this.fatal = fatal;
        this.thread = new Thread(this::run, "listen-to-" + topic.name());
    }

    /**
     * Takes over the consumer.
     *
     * @param fatal told of what ends it before it is closed
     */
    public static <V> TopicListener<V> start(
            Topic<String, V> topic,
            Consumer<byte[], byte[]> consumer,
            BiConsumer<String, @Nullable V> listener,
            FatalHandler fatal) {
        TopicListener<V> started = new TopicListener<>(topic, consumer, listener, fatal);
        started.thread.start();
        return started;
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<TopicPartition> partitions = IntStream.range(0, topic.partitions())
                .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                .toList();
        try (consumer) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (true) {
                consumer.poll(POLL).forEach(this::handOver);
            }
        } catch (WakeupException e) {
            LOG.debug("closed");
        } catch (RuntimeException | Error e) {
            fatal.fatal("the listener to " + topic.name(), e);
        }
    }

    private void handOver(ConsumerRecord<byte[], byte[]> record) {
        try {
            String key = topic.key().deserializer().deserialize(topic.name(), record.key());
            V value = record.value() == null
                    ? null
                    : topic.value().deserializer().deserialize(topic.name(), record.value());
            listener.accept(key, value);
        } catch (SerializationException | IllegalArgumentException e) {
            // Somebody else's writing.
            LOG.warn("{}-{} offset {} is passed over", record.topic(), record.partition(), record.offset(), e);
        }
    }
}
