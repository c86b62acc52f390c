package io.plumbline.reconciler.feed;

import io.plumbline.runtime.KafkaClients;
import io.plumbline.topics.Topic;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads the last committed position of a dataset from {@code outbox-positions}. */
final class PositionReader {

    private static final Duration POLL = Duration.ofMillis(200);

    private PositionReader() {}

    /** {@code null} where there is none. To be called after earlier feeds are fenced: then none of theirs can follow. */
    static @Nullable FeedPosition last(KafkaClients clients, Topic<String, String> positions, String dataset) {
        TopicPartition partition = new TopicPartition(positions.name(), 0);
        String last = null;
        try (Consumer<byte[], byte[]> consumer = clients.openReader()) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    String key = positions.key().deserializer().deserialize(positions.name(), record.key());
                    if (dataset.equals(key)) {
                        last = positions.value().deserializer().deserialize(positions.name(), record.value());
                    }
                }
            }
        }
        return last == null ? null : FeedPosition.parse(last);
    }
}
