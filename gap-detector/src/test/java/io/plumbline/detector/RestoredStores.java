package io.plumbline.detector;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.WindowBytesStoreSupplier;
import org.jspecify.annotations.Nullable;

/** Stores in memory that begin with what their changelogs held when a driver ended. */
final class RestoredStores implements StoreSuppliers {

    private final Map<String, RestoredStore> keyValue = new HashMap<>();
    private final Map<String, RestoredWindowStore> windows = new HashMap<>();

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

    @Override
    public WindowBytesStoreSupplier window(String name, Duration retention) {
        return windows.computeIfAbsent(name, unknown -> new RestoredWindowStore(name, retention));
    }

    private void change(String store, Bytes key, byte @Nullable [] value) {
        RestoredStore ofKeys = keyValue.get(store);
        RestoredWindowStore ofWindows = windows.get(store);
        if (ofKeys != null) {
            ofKeys.change(key, value);
        } else if (ofWindows != null) {
            ofWindows.change(key, value);
        }
    }
}
