package io.plumbline.reconciler.feed;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.connect.runtime.WorkerConfig;
import org.apache.kafka.connect.storage.OffsetBackingStore;
import org.apache.kafka.connect.util.Callback;

/**
 * Gives Debezium the offset that {@code outbox-positions} holds. It stores nothing: before Debezium is told that a batch
 * is finished, its offset was committed together with its events.
 */
public final class StoredOffset implements OffsetBackingStore {

    /** The setting that holds the offset, as JSON: Debezium makes the store itself and passes settings only. */
    static final String OFFSET = "offset.storage.plumbline.offset";

    private String offset = "";

    @Override
    public void configure(WorkerConfig config) {
        offset = config.originalsStrings().getOrDefault(OFFSET, "");
    }

    @Override
    public void start() {}

    @Override
    public void stop() {}

    @Override
    public Future<Map<ByteBuffer, ByteBuffer>> get(Collection<ByteBuffer> keys) {
        Map<ByteBuffer, ByteBuffer> values = new HashMap<>();
        keys.forEach(key -> values.put(key, ByteBuffer.wrap(offset.getBytes(StandardCharsets.UTF_8))));
        return CompletableFuture.completedFuture(values);
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka's interface is not annotated; there is no error and no result
    public Future<Void> set(Map<ByteBuffer, ByteBuffer> values, Callback<Void> callback) {
        if (callback != null) {
            callback.onCompletion(null, null);
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Set<Map<String, Object>> connectorPartitions(String connectorName) {
        return Set.of();
    }
}
