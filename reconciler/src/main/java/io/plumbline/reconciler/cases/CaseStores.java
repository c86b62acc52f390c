package io.plumbline.reconciler.cases;

import io.plumbline.runtime.DeadLetters;
import io.plumbline.topics.config.PlumblineConfig;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Supplies the {@link CaseProcessor} and its two stores: the cases by entity, and what is due when. */
final class CaseStores implements ProcessorSupplier<String, Object, String, Object> {

    static final String CASES = "cases";
    static final String DUE = "cases-due";

    private final DeadLetters deadLetters;
    private final PlumblineConfig config;

    CaseStores(DeadLetters deadLetters, PlumblineConfig config) {
        this.deadLetters = deadLetters;
        this.config = config;
    }

    @Override
    public Processor<String, Object, String, Object> get() {
        return new CaseProcessor(deadLetters, config);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        Set<StoreBuilder<?>> stores = new LinkedHashSet<>();
        stores.add(Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(CASES), Serdes.String(), new CaseSerde())
                .withCachingEnabled());
        stores.add(Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(DUE), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingEnabled());
        return stores;
    }
}
