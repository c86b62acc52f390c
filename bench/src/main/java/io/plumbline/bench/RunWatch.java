package io.plumbline.bench;

import io.plumbline.runtime.KafkaClients;
import io.plumbline.topics.Topic;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.KafkaConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads topics from where they end now on; hands each record with its time to whoever waits. */
final class RunWatch implements AutoCloseable {

    private final Consumer<byte[], byte[]> consumer;
    private final Topics topics;

    RunWatch(KafkaConfig kafka, Topics topics, List<Topic<?, ?>> watched) {
        this.topics = topics;
        this.consumer = new KafkaClients(kafka).openReader();
        List<TopicPartition> partitions = new ArrayList<>();
        for (Topic<?, ?> topic : watched) {
            for (int i = 0; i < topic.partitions(); i++) {
                partitions.add(new TopicPartition(topic.name(), i));
            }
        }
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /** Polls once. */
    void poll(BiConsumer<Object, ConsumerRecord<byte[], byte[]>> taker) {
        poll().forEach(record -> taker.accept(value(record), record));
    }

    /** Polls once, reading no value: what is measured should not share its processors with the reading. */
    List<ConsumerRecord<byte[], byte[]>> poll() {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        consumer.poll(Duration.ofMillis(100)).forEach(record -> {
            if (record.value() != null) {
                records.add(record);
            }
        });
        return records;
    }

    /** Hands on all that is committed by now: topics are read one before the other, whatever was written first. */
    void pollToEnd(BiConsumer<Object, ConsumerRecord<byte[], byte[]>> taker) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            poll(taker);
        }
    }

    Object value(ConsumerRecord<byte[], byte[]> record) {
        Topic<?, ?> topic = Objects.requireNonNull(topics.byName().get(record.topic()), record.topic());
        return topic.value().deserializer().deserialize(record.topic(), record.value());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
