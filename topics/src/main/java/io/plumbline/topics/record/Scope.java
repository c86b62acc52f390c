package io.plumbline.topics.record;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run covers: everything (extras too), what changed within a window, or named entities.
 *
 * @param kind full, window, keys
 * @param window the lookback, for {@code WINDOW}
 * @param keys the entities, for {@code KEYS}
 * @param name a narrower scope by name, such as an account, for later kinds
 */
public record Scope(
        Kind kind,
        @Nullable Duration window,
        List<EntityKey> keys,
        @Nullable String name) {

    @SuppressWarnings("NullAway") // Jackson passes null for a list that was left out
    public Scope {
        keys = keys == null ? List.of() : List.copyOf(keys);
    }

    public static Scope full() {
        return new Scope(Kind.FULL, null, List.of(), null);
    }

    public static Scope window(Duration window) {
        return new Scope(Kind.WINDOW, window, List.of(), null);
    }

    public static Scope keys(List<EntityKey> keys) {
        return new Scope(Kind.KEYS, null, keys, null);
    }

    /** How much of a dataset. */
    public enum Kind {
        FULL,
        WINDOW,
        KEYS
    }
}
