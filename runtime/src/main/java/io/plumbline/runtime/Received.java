package io.plumbline.runtime;

import io.plumbline.topics.record.Trace;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record as it was received.
 *
 * @param trace what its headers say of the trigger that it follows from
 */
public record Received<V>(
        String topic,
        int partition,
        long offset,
        long timestamp,
        @Nullable String key,
        V value,
        @Nullable Trace trace) {

    /** A record that nobody traces. */
    public Received(String topic, int partition, long offset, long timestamp, @Nullable String key, V value) {
        this(topic, partition, offset, timestamp, key, value, null);
    }

    /** What was read from a record of Kafka's. */
    static <V> Received<V> of(ConsumerRecord<byte[], byte[]> record, @Nullable String key, V value) {
        return new Received<>(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                key,
                value,
                TraceHeaders.read(record.headers()));
    }
}
