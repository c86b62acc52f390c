package io.plumbline.detector;

import io.plumbline.runtime.TopicWiring;
import io.plumbline.topics.Topic;
import io.plumbline.topics.Topics;
import io.plumbline.topics.record.Candle;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * {@code candles}, {@code series-commands} and {@code cache-scan-plans}, partition by partition → {@code series-events} and
 * {@code cache-scan-answers}; beside it {@code heartbeats} → {@code series-events}. Markers of the time come back through
 * {@code candles} itself, behind the candles that were written before them.
 */
final class SeriesTopology {

    static final String TO_SERIES_EVENTS = "to-series-events";
    static final String TO_CACHE_SCAN_ANSWERS = "to-cache-scan-answers";
    static final String TO_DEAD_LETTERS = "to-dead-letters";
    static final String TO_CANDLES = "to-candles";
    static final String TO_CANDLE_CLOCK = "to-candle-clock";
    static final String HEARTBEATS_TO_SERIES_EVENTS = "heartbeats-to-series-events";
    static final String HEARTBEATS_TO_DEAD_LETTERS = "heartbeats-to-dead-letters";

    private static final String TRACKER = "series-tracker";
    private static final String LISTENER = "heartbeat-listener";
    private static final String CANDLES = "candles";
    private static final String COMMANDS = "series-commands";
    private static final String PLANS = "cache-scan-plans";
    private static final String HEARTBEATS = "heartbeats";

    /** A marker goes to the partition of the task that wrote it, which its key names. */
    private static final StreamPartitioner<String, Candle> OWN_PARTITION = (topic, key, candle, partitions) ->
            Optional.of(Set.of(Integer.parseInt(key.substring(Topics.CANDLE_CLOCK.length()))));

    private final GapDetectorConfig config;
    private final GapDetectorMetrics metrics;
    private final StoreSuppliers stores;

    SeriesTopology(GapDetectorConfig config, GapDetectorMetrics metrics) {
        this(config, metrics, StoreSuppliers.persistent());
    }

    SeriesTopology(GapDetectorConfig config, GapDetectorMetrics metrics, StoreSuppliers stores) {
        this.config = config;
        this.metrics = metrics;
        this.stores = stores;
    }

    Topology get() {
        Topology topology = new Topology();
        addSeries(topology, config.topics());
        addHeartbeats(topology, config.topics());
        return topology;
    }

    private void addSeries(Topology topology, Topics topics) {
        Topic<String, Candle> candles = topics.candles;
        TopicWiring.source(topology, CANDLES, candles);
        TopicWiring.source(topology, COMMANDS, topics.seriesCommands);
        TopicWiring.source(topology, PLANS, topics.cacheScanPlans);
        topology.addProcessor(TRACKER, new SeriesTracker.Supplier(config, metrics, stores), CANDLES, COMMANDS, PLANS);
        TopicWiring.sink(topology, TO_SERIES_EVENTS, topics.seriesEvents, TRACKER);
        TopicWiring.sink(topology, TO_CACHE_SCAN_ANSWERS, topics.cacheScanAnswers, TRACKER);
        TopicWiring.sink(topology, TO_DEAD_LETTERS, topics.deadLetters, TRACKER);
        TopicWiring.sink(topology, TO_CANDLES, candles, TRACKER);
        TopicWiring.sink(topology, TO_CANDLE_CLOCK, candles, OWN_PARTITION, TRACKER);
    }

    private void addHeartbeats(Topology topology, Topics topics) {
        TopicWiring.source(topology, HEARTBEATS, topics.heartbeats);
        topology.addProcessor(LISTENER, () -> new HeartbeatListener(config, metrics), HEARTBEATS);
        TopicWiring.sink(topology, HEARTBEATS_TO_SERIES_EVENTS, topics.seriesEvents, LISTENER);
        TopicWiring.sink(topology, HEARTBEATS_TO_DEAD_LETTERS, topics.deadLetters, LISTENER);
    }
}
