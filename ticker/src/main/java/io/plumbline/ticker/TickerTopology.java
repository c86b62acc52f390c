package io.plumbline.ticker;

import io.plumbline.topics.Topic;
import io.plumbline.topics.Topics;
import io.plumbline.topics.record.ClockTime;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * {@code schedules} → {@code ticks}. Producers outside may partition otherwise than Plumbline does, so schedules pass
 * through {@code schedules-by-key}; from there on one task owns each.
 */
final class TickerTopology {

    static final String TO_SCHEDULES_BY_KEY = "to-schedules-by-key";
    static final String TO_SCHEDULES = "to-schedules";
    static final String TO_TICK_CLOCK = "to-tick-clock";
    static final String TO_TICKS = "to-ticks";
    static final String TO_DEAD_LETTERS = "to-dead-letters";

    private static final String ROUTER = "schedule-router";
    private static final String TICKER = "schedule-ticker";

    /** A clock record goes to the partition of the task that wrote it. */
    private static final StreamPartitioner<String, ClockTime> OWN_PARTITION =
            (topic, key, clock, partitions) -> Optional.of(Set.of(clock.partition()));

    private final TickerConfig config;
    private final TickerMetrics metrics;

    TickerTopology(TickerConfig config, TickerMetrics metrics) {
        this.config = config;
        this.metrics = metrics;
    }

    Topology get() {
        Topics topics = config.topics();
        Topology topology = new Topology();
        source(topology, "schedules", topics.schedules);
        topology.addProcessor(ROUTER, () -> new ScheduleRouter(metrics), "schedules");
        sink(topology, TO_SCHEDULES_BY_KEY, topics.schedulesByKey, ROUTER);
        sink(topology, TO_DEAD_LETTERS, topics.deadLetters, ROUTER);

        source(topology, "schedules-by-key", topics.schedulesByKey);
        source(topology, "tick-clock", topics.tickClock);
        topology.addProcessor(TICKER, new ScheduleTicker.Supplier(config, metrics), "schedules-by-key", "tick-clock");
        sink(topology, TO_TICKS, topics.ticks, TICKER);
        sink(topology, TO_SCHEDULES, topics.schedules, TICKER);
        topology.addSink(
                TO_TICK_CLOCK,
                topics.tickClock.name(),
                topics.tickClock.key().serializer(),
                topics.tickClock.value().serializer(),
                OWN_PARTITION,
                TICKER);
        return topology;
    }

    private static void source(Topology topology, String name, Topic<?, ?> topic) {
        topology.addSource(name, topic.key().deserializer(), topic.value().deserializer(), topic.name());
    }

    private static void sink(Topology topology, String name, Topic<?, ?> topic, String parent) {
        topology.addSink(
                name, topic.name(), topic.key().serializer(), topic.value().serializer(), parent);
    }
}
