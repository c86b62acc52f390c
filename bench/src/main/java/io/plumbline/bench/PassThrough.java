package io.plumbline.bench;

import io.plumbline.topics.Topic;
import io.plumbline.topics.record.Candle;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The least that a stream with state does: it parses each candle and puts it, by its series, into a store on disk that has
 * a changelog.
 *
 * @param output where each candle is written on to; empty where nothing is
 */
record PassThrough(Topic<String, Candle> candles, String output) {

    private static final String STORE = "last-candles";

    Topology get() {
        Topology topology = new Topology();
        topology.addSource(
                "candles", candles.key().deserializer(), candles.value().deserializer(), candles.name());
        topology.addProcessor("put", new Supplier(candles), "candles");
        if (!output.isEmpty()) {
            topology.addSink(
                    "output",
                    output,
                    candles.key().serializer(),
                    candles.value().serializer(),
                    "put");
        }
        return topology;
    }

    private record Supplier(Topic<String, Candle> candles)
            implements ProcessorSupplier<String, Candle, String, Candle> {

        @Override
        public Processor<String, Candle, String, Candle> get() {
            return new Put();
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(Stores.keyValueStoreBuilder(
                    Stores.persistentKeyValueStore(STORE), Serdes.String(), candles.value()));
        }
    }

    private static final class Put implements Processor<String, Candle, String, Candle> {

        @SuppressWarnings("NullAway.Init") // set by init
        private ProcessorContext<String, Candle> context;

        @SuppressWarnings("NullAway.Init") // set by init
        private KeyValueStore<String, Candle> store;

        @Override
        public void init(ProcessorContext<String, Candle> taskContext) {
            context = taskContext;
            store = taskContext.getStateStore(STORE);
        }

        @Override
        public void process(Record<String, Candle> record) {
            store.put(record.key(), record.value());
            context.forward(record);
        }
    }
}
