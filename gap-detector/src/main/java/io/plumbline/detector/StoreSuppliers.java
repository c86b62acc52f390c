package io.plumbline.detector;

import java.time.Duration;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowBytesStoreSupplier;

/** Where the stores of a topology are kept. */
interface StoreSuppliers {

    KeyValueBytesStoreSupplier keyValue(String name);

    /** Of one entry per key and window of a millisecond. */
    WindowBytesStoreSupplier window(String name, Duration retention);

    /** On disk. */
    static StoreSuppliers persistent() {
        return new StoreSuppliers() {
            @Override
            public KeyValueBytesStoreSupplier keyValue(String name) {
                return Stores.persistentKeyValueStore(name);
            }

            @Override
            public WindowBytesStoreSupplier window(String name, Duration retention) {
                return Stores.persistentWindowStore(name, retention, Duration.ofMillis(1), false);
            }
        };
    }
}
