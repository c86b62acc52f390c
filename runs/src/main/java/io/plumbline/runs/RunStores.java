package io.plumbline.runs;

import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The run coordinator's stores: one for all it knows, and one for what is due, which is small and always looked at. */
final class RunStores {

    static final String STATE = "run-state";
    static final String TIMERS = "run-timers";

    private RunStores() {}

    static Set<StoreBuilder<?>> builders() {
        return Set.of(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STATE), Serdes.String(), Serdes.ByteArray())
                        .withCachingEnabled(),
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(TIMERS), Serdes.String(), Serdes.String()));
    }
}
