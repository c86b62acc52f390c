package io.plumbline.detector;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.jspecify.annotations.Nullable;

/** Stores in memory that begin with what their changelogs held when a driver ended. */
final class RestoredStores implements StoreSuppliers {

    private final Map<String, RestoredStore> keyValue = new HashMap<>();

    /** Reads the changelogs of a driver that ends. */
    void read(TopologyTestDriver driver) {
        for (String store : List.of(SeriesStores.SERIES, SeriesStores.BLOCKS, HeldCandles.STORE)) {
            String changelog = GapDetectorConfig.SERIES_APPLICATION + "-" + store + "-changelog";
            if (driver.producedTopicNames().contains(changelog)) {
                driver.createOutputTopic(
                                changelog,
                                Serdes.Bytes().deserializer(),
                                Serdes.ByteArray().deserializer())
                        .readKeyValuesToList()
                        .forEach(entry -> change(store, entry.key, entry.value));
            }
        }
    }

    @Override
    public KeyValueBytesStoreSupplier keyValue(String name) {
        return keyValue.computeIfAbsent(name, RestoredStore::new);
    }

    private void change(String store, Bytes key, byte @Nullable [] value) {
        RestoredStore changed = keyValue.get(store);
        if (changed != null) {
            changed.change(key, value);
        }
    }
}
