package io.plumbline.local.demo;

import io.plumbline.runtime.KafkaClients;
import io.plumbline.topics.Topic;
import io.plumbline.topics.config.KafkaConfig;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/** Reads a topic from its beginning in a thread of its own, and hands over each record; {@code null} is a tombstone. */
final class TopicListener<V> implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final Topic<String, V> topic;
    private final Consumer<byte[], byte[]> consumer;
    private final BiConsumer<String, @Nullable V> listener;
    private final Thread thread;

    TopicListener(KafkaConfig kafka, Topic<String, V> topic, BiConsumer<String, @Nullable V> listener) {
        this.topic = topic;
        this.listener = listener;
        this.consumer = new KafkaClients(kafka).openReader();
        this.thread = new Thread(this::run, "read-" + topic.name());
        thread.start();
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
            // Closed.
            return;
        }
    }

    private void handOver(ConsumerRecord<byte[], byte[]> received) {
        String key = topic.key().deserializer().deserialize(topic.name(), received.key());
        V value = received.value() == null
                ? null
                : topic.value().deserializer().deserialize(topic.name(), received.value());
        listener.accept(key, value);
    }
}
