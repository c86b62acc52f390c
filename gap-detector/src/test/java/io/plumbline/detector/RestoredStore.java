package io.plumbline.detector;

import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.InMemoryKeyValueStore;
import org.jspecify.annotations.Nullable;

/** Makes stores that begin with what a changelog holds, which the test driver does not restore. */
public final class RestoredStore implements KeyValueBytesStoreSupplier {

    private final String name;
    private final Map<Bytes, byte[]> changelog = new TreeMap<>();

    public RestoredStore(String name) {
        this.name = name;
    }

    /** Takes a record of the changelog; one without a value deletes. */
    public void change(Bytes key, byte @Nullable [] value) {
        if (value == null) {
            changelog.remove(key);
        } else {
            changelog.put(key, value);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public KeyValueStore<Bytes, byte[]> get() {
        return new InMemoryKeyValueStore(name) {
            @Override
            public void init(StateStoreContext context, StateStore root) {
                super.init(context, root);
                changelog.forEach(this::put);
            }
        };
    }

    @Override
    public String metricsScope() {
        return "in-memory";
    }
}
