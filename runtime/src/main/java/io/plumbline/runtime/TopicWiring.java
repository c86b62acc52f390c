package io.plumbline.runtime;

import io.plumbline.topics.Topic;
import io.plumbline.topics.record.ClockTime;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Connects topics to a topology, with the serdes that they are declared with. */
public final class TopicWiring {

    private TopicWiring() {}

    public static void source(Topology topology, String name, Topic<?, ?> topic) {
        topology.addSource(name, topic.key().deserializer(), topic.value().deserializer(), topic.name());
    }

    public static void sink(Topology topology, String name, Topic<?, ?> topic, String... parents) {
        topology.addSink(
                name, topic.name(), topic.key().serializer(), topic.value().serializer(), parents);
    }

    /** A sink whose records go to the partitions that they name, and not to their keys'. */
    public static <V> void sink(
            Topology topology,
            String name,
            Topic<String, V> topic,
            StreamPartitioner<String, V> partitioner,
            String parent) {
        topology.addSink(
                name, topic.name(), topic.key().serializer(), topic.value().serializer(), partitioner, parent);
    }

    /** A sink of proposals of the time: each goes to the partition of the task that made it. */
    public static void clock(Topology topology, String name, Topic<String, ClockTime> topic, String parent) {
        sink(topology, name, topic, (to, key, time, partitions) -> Optional.of(Set.of(time.partition())), parent);
    }
}
