package io.plumbline.detector;

import io.plumbline.topics.Topic;
import io.plumbline.topics.Topics;
import io.plumbline.topics.record.Candle;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.Stores;

/**
 * {@code candles} → {@code series-events}. Markers of the time come back through {@code candles} itself, behind the candles
 * that were written before them.
 */
final class SeriesTopology {

    static final String TO_SERIES_EVENTS = "to-series-events";
    static final String TO_DEAD_LETTERS = "to-dead-letters";
    static final String TO_CANDLES = "to-candles";
    static final String TO_CANDLE_CLOCK = "to-candle-clock";

    private static final String TRACKER = "series-tracker";

    /** A marker goes to the partition of the task that wrote it, which its key names. */
    private static final StreamPartitioner<String, Candle> OWN_PARTITION = (topic, key, candle, partitions) ->
            Optional.of(Set.of(Integer.parseInt(key.substring(Topics.CANDLE_CLOCK.length()))));

    private final GapDetectorConfig config;
    private final GapDetectorMetrics metrics;
    private final Function<String, KeyValueBytesStoreSupplier> stores;

    SeriesTopology(GapDetectorConfig config, GapDetectorMetrics metrics) {
        this(config, metrics, Stores::persistentKeyValueStore);
    }

    /** @param stores where the store of a name is kept */
    SeriesTopology(
            GapDetectorConfig config, GapDetectorMetrics metrics, Function<String, KeyValueBytesStoreSupplier> stores) {
        this.config = config;
        this.metrics = metrics;
        this.stores = stores;
    }

    Topology get() {
        Topics topics = config.topics();
        Topic<String, Candle> candles = topics.candles;
        Topology topology = new Topology();
        topology.addSource(
                "candles", candles.key().deserializer(), candles.value().deserializer(), candles.name());
        topology.addProcessor(TRACKER, new SeriesTracker.Supplier(config, metrics, stores), "candles");
        sink(topology, TO_SERIES_EVENTS, topics.seriesEvents);
        sink(topology, TO_DEAD_LETTERS, topics.deadLetters);
        sink(topology, TO_CANDLES, candles);
        topology.addSink(
                TO_CANDLE_CLOCK,
                candles.name(),
                candles.key().serializer(),
                candles.value().serializer(),
                OWN_PARTITION,
                TRACKER);
        return topology;
    }

    private static void sink(Topology topology, String name, Topic<?, ?> topic) {
        topology.addSink(
                name, topic.name(), topic.key().serializer(), topic.value().serializer(), TRACKER);
    }
}
