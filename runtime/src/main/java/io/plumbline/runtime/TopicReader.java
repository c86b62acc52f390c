package io.plumbline.runtime;

import io.plumbline.topics.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a whole topic without belonging to a group: what it holds now, or what comes. Unreadable records are passed over. */
public final class TopicReader<V> implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);

    private final Consumer<byte[], byte[]> consumer;
    private final Topic<String, V> topic;
    private final List<TopicPartition> partitions = new ArrayList<>();

    /**
     * Takes over the consumer.
     *
     * @param patience how long Kafka may take to answer before {@link org.apache.kafka.common.errors.TimeoutException}
     */
    public TopicReader(Consumer<byte[], byte[]> consumer, Topic<String, V> topic, Duration patience) {
        this.consumer = consumer;
        this.topic = topic;
        try {
            for (PartitionInfo partition : partitionsOf(topic.name(), patience)) {
                partitions.add(new TopicPartition(partition.topic(), partition.partition()));
            }
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
        consumer.assign(partitions);
    }

    private List<PartitionInfo> partitionsOf(String name, Duration patience) {
        List<PartitionInfo> found = consumer.partitionsFor(name, patience);
        if (found == null || found.isEmpty()) {
            throw new UnknownTopicOrPartitionException("there is no topic " + name);
        }
        return found;
    }

    /** The last value of each key, in no order; keys whose last record is a tombstone are left out. */
    public Map<String, V> latest() {
        Map<String, V> latest = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : toEnd()) {
            String key = record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
            if (key == null) {
                continue;
            }
            latest.remove(key);
            if (record.value() != null) {
                read(record).forEach(received -> latest.put(key, received.value()));
            }
        }
        return latest;
    }

    /** Everything it holds now; it then stands at the end. */
    public List<Received<V>> all() {
        return toEnd().stream().flatMap(record -> read(record).stream()).toList();
    }

    /** Goes to the end: {@link #poll} then gives what comes after this call. */
    public TopicReader<V> toTheEnd() {
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        return this;
    }

    /** What has come; tombstones are left out. */
    public List<Received<V>> poll(Duration wait) {
        List<Received<V>> received = new ArrayList<>();
        consumer.poll(wait).forEach(record -> received.addAll(read(record)));
        return received;
    }

    private List<ConsumerRecord<byte[], byte[]>> toEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        consumer.seekToBeginning(partitions);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
            consumer.poll(POLL).forEach(records::add);
        }
        return records;
    }

    private List<Received<V>> read(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return List.of();
        }
        try {
            String key = record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
            V value = topic.value().deserializer().deserialize(record.topic(), record.value());
            return List.of(Received.of(record, key, value));
        } catch (SerializationException e) {
            LOG.debug("{}-{} offset {} is passed over", record.topic(), record.partition(), record.offset(), e);
            return List.of();
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
