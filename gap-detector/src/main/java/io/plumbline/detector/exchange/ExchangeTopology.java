package io.plumbline.detector.exchange;

import io.plumbline.runtime.TopicWiring;
import io.plumbline.topics.Topics;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.streams.Topology;
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
        TopicWiring.source(topology, "series-events", topics.seriesEvents);
        TopicWiring.source(topology, "cache-gaps", topics.cacheGaps);
        TopicWiring.source(topology, "backfill-results", topics.backfillResults);
        TopicWiring.source(topology, "exchange-clock", topics.exchangeClock);
        topology.addProcessor(
                PROCESSOR, supplier(), "series-events", "cache-gaps", "backfill-results", "exchange-clock");
        TopicWiring.sink(topology, ExchangeOutput.COMMANDS, topics.seriesCommands, PROCESSOR);
        TopicWiring.sink(topology, ExchangeOutput.REQUESTS, topics.backfillRequests, PROCESSOR);
        TopicWiring.sink(topology, ExchangeOutput.GAPS, topics.gaps, PROCESSOR);
        TopicWiring.sink(topology, ExchangeOutput.RUN_EVENTS, topics.candleRunEvents, PROCESSOR);
        TopicWiring.clock(topology, ExchangeOutput.CLOCK, topics.exchangeClock, PROCESSOR);
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
}
