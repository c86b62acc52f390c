package io.plumbline.topics.record;

import org.jspecify.annotations.Nullable;

/**
 * A record that could not be used, with where it came from and why. Nothing of it is lost: {@code value} holds its
 * bytes as text where they are UTF-8, as Base64 otherwise.
 */
public record DeadLetter(
        String app,
        String topic,
        int partition,
        long offset,
        @Nullable String key,
        String reason,
        @Nullable String value,
        boolean base64) {}
