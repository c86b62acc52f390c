package io.plumbline.topics;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;

/**
 * A topic as Plumbline declares it: its full name, serdes, partitions and how long it keeps records.
 *
 * @param retention how long records are kept; {@code null} for ever, which only compacted topics are
 */
public record Topic<K, V>(
        String name,
        Serde<K> key,
        Serde<V> value,
        int partitions,
        Cleanup cleanup,
        @Nullable Duration retention) {

    /**
     * The largest record, in bytes: room for what a repair of a 16 MB document says, and for the dead letter of anything
     * that a broker takes by default.
     */
    public static final int LARGEST_RECORD = 24 * 1024 * 1024;

    /** What becomes of old records. */
    public enum Cleanup {
        DELETE("delete"),
        COMPACT("compact"),
        COMPACT_AND_DELETE("compact,delete");

        private final String policy;

        Cleanup(String policy) {
            this.policy = policy;
        }
    }

    /** The topic's settings as Kafka names them. */
    public Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, cleanup.policy);
        settings.put(TopicConfig.RETENTION_MS_CONFIG, retention == null ? "-1" : Long.toString(retention.toMillis()));
        settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(LARGEST_RECORD));
        return settings;
    }

    /** A record for the partition that the key's hash gives. */
    public ProducerRecord<byte[], byte[]> toRecord(K key, @Nullable V value) {
        return new ProducerRecord<>(name, keyBytes(key), valueBytes(value));
    }

    /** A record for a partition of the caller's choice. */
    public ProducerRecord<byte[], byte[]> toRecord(int partition, K key, @Nullable V value) {
        return new ProducerRecord<>(name, partition, keyBytes(key), valueBytes(value));
    }

    private byte[] keyBytes(K key) {
        return this.key.serializer().serialize(name, key);
    }

    @SuppressWarnings("NullAway") // null is Kafka's tombstone
    private byte[] valueBytes(@Nullable V value) {
        return this.value.serializer().serialize(name, value);
    }
}
