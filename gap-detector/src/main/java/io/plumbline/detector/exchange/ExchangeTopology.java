package io.plumbline.detector.exchange;

import io.plumbline.topics.Topic;
import io.plumbline.topics.Topics;
import io.plumbline.topics.record.ClockTime;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * What is found out about series, and what scans of the cache find, by exchange → requests to the exchange, and what became
 * of each gap.
 */
public final class ExchangeTopology {

    /** The name of the Kafka Streams application, before the topic prefix. */
    public static final String APPLICATION_ID = "plumbline-gap-detector-exchanges";

    private static final String PROCESSOR = "exchange-stage";

    /** A timer's proposal goes to the partition of the task that made it. */
    private static final StreamPartitioner<String, ClockTime> OWN_PARTITION =
            (topic, key, value, partitions) -> Optional.of(Set.of(value.partition()));

    private final Topics topics;
    private final ExchangeRules rules;
    private final ExchangeMeters meters;
    private final Function<String, KeyValueBytesStoreSupplier> stores;

    public ExchangeTopology(Topics topics, ExchangeRules rules, ExchangeMeters meters) {
        this(topics, rules, meters, Stores::persistentKeyValueStore);
    }

    /** @param stores where the store of a name is kept */
    ExchangeTopology(
            Topics topics,
            ExchangeRules rules,
            ExchangeMeters meters,
            Function<String, KeyValueBytesStoreSupplier> stores) {
        this.topics = topics;
        this.rules = rules;
        this.meters = meters;
        this.stores = stores;
    }

    public Topology get() {
        Topology topology = new Topology();
        source(topology, "series-events", topics.seriesEvents);
        source(topology, "cache-gaps", topics.cacheGaps);
        source(topology, "backfill-results", topics.backfillResults);
        source(topology, "exchange-clock", topics.exchangeClock);
        topology.addProcessor(
                PROCESSOR, supplier(), "series-events", "cache-gaps", "backfill-results", "exchange-clock");
        sink(topology, ExchangeOutput.COMMANDS, topics.seriesCommands);
        sink(topology, ExchangeOutput.REQUESTS, topics.backfillRequests);
        sink(topology, ExchangeOutput.GAPS, topics.gaps);
        sink(topology, ExchangeOutput.RUN_EVENTS, topics.candleRunEvents);
        topology.addSink(
                ExchangeOutput.CLOCK,
                topics.exchangeClock.name(),
                topics.exchangeClock.key().serializer(),
                topics.exchangeClock.value().serializer(),
                OWN_PARTITION,
                PROCESSOR);
        return topology;
    }

    private ProcessorSupplier<String, Object, String, Object> supplier() {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<String, Object, String, Object> get() {
                return new ExchangeProcessor(rules, meters);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return ExchangeStores.builders(stores);
            }
        };
    }

    private static void source(Topology topology, String name, Topic<?, ?> topic) {
        topology.addSource(name, topic.key().deserializer(), topic.value().deserializer(), topic.name());
    }

    private static void sink(Topology topology, String name, Topic<?, ?> topic) {
        topology.addSink(
                name, topic.name(), topic.key().serializer(), topic.value().serializer(), PROCESSOR);
    }
}
