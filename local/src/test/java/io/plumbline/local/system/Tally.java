package io.plumbline.local.system;

import io.plumbline.runtime.TopicReader;
import io.plumbline.topics.Topic;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How often work was done, and how often it had to be.
 *
 * @param done times, those included whose outcome was thrown away
 * @param needed times
 */
public record Tally(long done, long needed) {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** The part of the work that was done in vain: 0 for none. */
    public double duplicates() {
        return done == 0 ? 0 : (done - needed) / (double) done;
    }

    @Override
    public String toString() {
        return "%d done of %d needed, %.2f %% twice".formatted(done, needed, 100 * duplicates());
    }

    /**
     * Of the work that a topic's records are the answers to. Who does the work answers in a transaction: where that was
     * aborted, the work was done for nothing, and its answer is there only for those who read what is not committed.
     */
    public static Tally answers(String bootstrapServers, Topic<String, ?> topic) {
        return new Tally(
                records(bootstrapServers, topic, "read_uncommitted"),
                records(bootstrapServers, topic, "read_committed"));
    }

    private static long records(String bootstrapServers, Topic<String, ?> topic, String isolation) {
        Map<String, Object> properties = Map.of("bootstrap.servers", bootstrapServers, "isolation.level", isolation);
        try (TopicReader<?> reader = new TopicReader<>(
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                topic,
                PATIENCE)) {
            return reader.all().size();
        }
    }
}
