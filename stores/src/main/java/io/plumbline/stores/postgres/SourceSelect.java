package io.plumbline.stores.postgres;

import io.plumbline.stores.mapping.DatasetMapping;
import io.plumbline.topics.record.EntityKey;
import java.util.Collection;

/**
 * The SQL of one dataset's source. The source is always aliased {@code s}. Statements have no parameters (they travel
 * by COPY), so values are literals: {@link #literal} quotes them.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class SourceSelect {

    private final DatasetMapping mapping;

    public SourceSelect(DatasetMapping mapping) {
        this.mapping = mapping;
    }

    /** {@code "schema"."table" s} or {@code (query) s}. */
    public String from() {
        throw new UnsupportedOperationException(mapping.dataset());
    }

    /** The quoted column, {@code s."name"}. */
    public String column(String name) {
        throw new UnsupportedOperationException(name);
    }

    /**
     * The SQL of a key part in canonical form: the bare column where the part is plain, otherwise an expression that
     * gives the canonical text ({@code bigint} for INTEGER), null where the row's value is no key.
     */
    public String key(int part) {
        throw new UnsupportedOperationException("" + part);
    }

    /** Whether at most one row can have a key: then nothing is grouped. */
    public boolean oneRowPerKey() {
        throw new UnsupportedOperationException();
    }

    /**
     * The newest row of each entity whose rows meet the condition (all rows of an entity meet it or none does: it is
     * about the key), ready for {@link SourceCursor}.
     *
     * @param condition SQL over {@code s}, such as {@code s."id" > 5 AND s."id" <= 9}; empty for all
     * @param orderedByKey whether the rows must come in the order of the key ({@code COLLATE "C"} for text parts)
     */
    public String entities(String condition, boolean orderedByKey) {
        throw new UnsupportedOperationException(condition + orderedByKey);
    }

    /** The same for these entities; their pending outbox rows come in the same snapshot. */
    public String entities(Collection<EntityKey> keys) {
        throw new UnsupportedOperationException(keys.toString());
    }

    /** Only the key cells of rows that meet a condition, distinct; for planning. */
    public String keys(String condition, boolean orderedByKey) {
        throw new UnsupportedOperationException(condition + orderedByKey);
    }

    public static String literal(String text) {
        throw new UnsupportedOperationException(text);
    }
}
