package io.plumbline.topics.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * @param topicPrefix put before every topic's name
 * @param partitions of every topic whose work is shared out
 * @param replicationFactor of the topics that the apps create; {@code -1} is the broker's default
 * @param stateDir where Kafka Streams keeps its stores
 * @param properties Kafka client properties for every client, as Kafka names them
 */
public record KafkaConfig(
        String bootstrapServers,
        String topicPrefix,
        int partitions,
        short replicationFactor,
        @Nullable String stateDir,
        Map<String, String> properties) {

    @Override
    public String toString() {
        return "KafkaConfig[bootstrapServers=" + bootstrapServers + ", topicPrefix=" + topicPrefix + ", partitions="
                + partitions + ", properties=" + properties.keySet() + "]";
    }
}
