package io.plumbline.stores.mapping;

import io.plumbline.topics.config.KeyPartConfig;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * One part of an entity's identity: its canonical form is a {@code LONG} cell for {@code INTEGER}, a {@code TEXT} cell
 * (UTF-8) for every other type, so that both stores' keys are compared as numbers or as bytes.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class KeyPart {

    private final KeyPartConfig config;
    private final SourceColumn column;

    KeyPart(KeyPartConfig config, SourceColumn column) {
        this.config = config;
        this.column = column;
    }

    public KeyPartConfig config() {
        return config;
    }

    public SourceColumn column() {
        return column;
    }

    /** Whether the column's own values are the key's, in the column's own order: no rewriting, trimming, folding or cast. */
    public boolean plain() {
        throw new UnsupportedOperationException();
    }

    /** The value as the target stores it; {@code null} where the text is not of this part's type. */
    public @Nullable BsonValue toBson(String part) {
        throw new UnsupportedOperationException();
    }
}
