package io.plumbline.ticker;

import io.plumbline.runtime.TopicWiring;
import io.plumbline.topics.Topics;
import org.apache.kafka.streams.Topology;

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

    private final TickerConfig config;
    private final TickerMetrics metrics;

    TickerTopology(TickerConfig config, TickerMetrics metrics) {
        this.config = config;
        this.metrics = metrics;
    }

    Topology get() {
        Topics topics = config.topics();
        Topology topology = new Topology();
        TopicWiring.source(topology, "schedules", topics.schedules);
        topology.addProcessor(ROUTER, () -> new ScheduleRouter(topics, metrics), "schedules");
        TopicWiring.sink(topology, TO_SCHEDULES_BY_KEY, topics.schedulesByKey, ROUTER);
        TopicWiring.sink(topology, TO_DEAD_LETTERS, topics.deadLetters, ROUTER);

        TopicWiring.source(topology, "schedules-by-key", topics.schedulesByKey);
        TopicWiring.source(topology, "tick-clock", topics.tickClock);
        topology.addProcessor(TICKER, new ScheduleTicker.Supplier(config, metrics), "schedules-by-key", "tick-clock");
        TopicWiring.sink(topology, TO_TICKS, topics.ticks, TICKER);
        TopicWiring.sink(topology, TO_SCHEDULES, topics.schedules, TICKER);
        TopicWiring.clock(topology, TO_TICK_CLOCK, topics.tickClock, TICKER);
        return topology;
    }
}
