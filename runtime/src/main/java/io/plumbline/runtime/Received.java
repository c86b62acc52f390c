package io.plumbline.runtime;

import org.jspecify.annotations.Nullable;

/** A record as it was received. */
public record Received<V>(
        String topic,
        int partition,
        long offset,
        long timestamp,
        @Nullable String key,
        V value) {}
