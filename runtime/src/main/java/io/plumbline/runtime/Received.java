package io.plumbline.runtime;

import io.plumbline.topics.record.Trace;
import org.jspecify.annotations.Nullable;

/**
 * A record as it was received.
 *
 * @param trace what its headers say of the trigger that it follows from
 */
public record Received<V>(
        String topic,
        int partition,
        long offset,
        long timestamp,
        @Nullable String key,
        V value,
        @Nullable Trace trace) {

    /** A record that nobody traces. */
    public Received(String topic, int partition, long offset, long timestamp, @Nullable String key, V value) {
        this(topic, partition, offset, timestamp, key, value, null);
    }
}
