package io.plumbline.bench;

import io.plumbline.detector.GapDetectorConfig;
import io.plumbline.runtime.KafkaClients;
import io.plumbline.topics.config.KafkaConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;

/**
 * What a store of the series' stream holds, told by its changelog: the last value of each key that was not deleted.
 *
 * @param entries keys
 * @param bytes of keys and values
 */
record KeptState(long entries, long bytes) {

    /** Reads the only partition of a store's changelog. */
    static KeptState of(KafkaConfig kafka, String store) {
        TopicPartition changelog = new TopicPartition(
                kafka.topicPrefix() + GapDetectorConfig.SERIES_APPLICATION + "-" + store + "-changelog", 0);
        Map<Bytes, Integer> sizes = new HashMap<>();
        try (Consumer<byte[], byte[]> consumer = new KafkaClients(kafka).openReader()) {
            consumer.assign(List.of(changelog));
            consumer.seekToEnd(List.of(changelog));
            long end = consumer.position(changelog);
            consumer.seekToBeginning(List.of(changelog));
            while (consumer.position(changelog) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    Bytes key = Bytes.wrap(record.key());
                    if (record.value() == null) {
                        sizes.remove(key);
                    } else {
                        sizes.put(key, record.key().length + record.value().length);
                    }
                });
            }
        }
        return new KeptState(
                sizes.size(), sizes.values().stream().mapToLong(size -> size).sum());
    }

    KeptState plus(KeptState other) {
        return new KeptState(entries + other.entries, bytes + other.bytes);
    }
}
