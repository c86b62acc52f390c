package io.plumbline.detector.exchange;

import io.plumbline.topics.json.JsonSerde;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The stores of the stage of an exchange. All follow what is open, but the minutes, which follow the retention. */
final class ExchangeStores {

    static final String SLOTS = "open-slots";
    static final String GAPS = "open-gaps";
    static final String REQUESTS = "open-requests";
    static final String MINUTES = "alive-minutes";
    static final String OUTAGES = "outages";
    static final String EXCHANGES = "exchanges";

    static final List<String> NAMES = List.of(SLOTS, GAPS, REQUESTS, MINUTES, OUTAGES, EXCHANGES);

    private ExchangeStores() {}

    /** @param keptIn where the store of a name is kept */
    static Set<StoreBuilder<?>> builders(Function<String, KeyValueBytesStoreSupplier> keptIn) {
        // In one order, so that the topology describes itself in one way.
        return new LinkedHashSet<>(List.of(
                store(SLOTS, new JsonSerde<>(OpenSlots.class), keptIn),
                store(GAPS, new JsonSerde<>(OpenGap.class), keptIn),
                store(REQUESTS, new JsonSerde<>(OpenRequest.class), keptIn),
                store(MINUTES, Serdes.ByteArray(), keptIn),
                store(OUTAGES, new JsonSerde<>(Outage.class), keptIn),
                store(EXCHANGES, new JsonSerde<>(ExchangeState.class), keptIn)));
    }

    private static <V> StoreBuilder<?> store(
            String name, Serde<V> value, Function<String, KeyValueBytesStoreSupplier> keptIn) {
        return Stores.keyValueStoreBuilder(keptIn.apply(name), Serdes.String(), value)
                .withCachingEnabled();
    }
}
