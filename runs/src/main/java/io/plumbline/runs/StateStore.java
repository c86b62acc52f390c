package io.plumbline.runs;

import io.plumbline.topics.json.JsonSerde;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * One key-value store that holds records of several forms under path-like keys, so that each record stays small and a
 * run's are found, and deleted, by their common beginning. Parts of a key are separated by a line feed, which neither
 * run ids nor entity keys contain.
 */
final class StateStore {

    private static final StringSerializer TEXT = new StringSerializer();

    private final KeyValueStore<String, byte[]> store;

    StateStore(KeyValueStore<String, byte[]> store) {
        this.store = store;
    }

    /** How records of a type are kept. */
    static final class Form<T> {
        private final String name;
        private final Serializer<T> serializer;
        private final Deserializer<T> deserializer;

        Form(Class<T> type) {
            JsonSerde<T> serde = new JsonSerde<>(type);
            name = type.getSimpleName();
            serializer = serde.serializer();
            deserializer = serde.deserializer();
        }
    }

    /** What stands under a key, where the key's last part says what it is about. */
    record Entry<T>(String lastPart, T value) {}

    static String key(String... parts) {
        return String.join("\n", parts);
    }

    <T> @Nullable T get(String key, Form<T> form) {
        byte @Nullable [] bytes = store.get(key);
        return bytes == null ? null : form.deserializer.deserialize(form.name, bytes);
    }

    boolean has(String key) {
        byte @Nullable [] bytes = store.get(key);
        return bytes != null;
    }

    <T> void put(String key, T value, Form<T> form) {
        store.put(key, form.serializer.serialize(form.name, value));
    }

    void delete(String key) {
        store.delete(key);
    }

    /** The first entries whose keys continue these parts. */
    <T> List<Entry<T>> entries(int limit, Form<T> form, String... parts) {
        List<Entry<T>> entries = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> found = store.prefixScan(key(parts) + "\n", TEXT)) {
            while (entries.size() < limit && found.hasNext()) {
                var next = found.next();
                String lastPart = next.key.substring(next.key.lastIndexOf('\n') + 1);
                entries.add(new Entry<>(lastPart, form.deserializer.deserialize(form.name, next.value)));
            }
        }
        return entries;
    }

    /** Deletes the first entries whose keys continue these parts; returns how many. */
    int deleteAll(int limit, String... parts) {
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> found = store.prefixScan(key(parts) + "\n", TEXT)) {
            while (keys.size() < limit && found.hasNext()) {
                keys.add(found.next().key);
            }
        }
        keys.forEach(store::delete);
        return keys.size();
    }
}
