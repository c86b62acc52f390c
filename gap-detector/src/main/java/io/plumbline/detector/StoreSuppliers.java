package io.plumbline.detector;

import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.Stores;

/** Where the stores of a topology are kept. */
@FunctionalInterface
interface StoreSuppliers {

    KeyValueBytesStoreSupplier keyValue(String name);

    /** On disk. */
    static StoreSuppliers persistent() {
        return Stores::persistentKeyValueStore;
    }
}
