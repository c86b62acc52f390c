package io.plumbline.stores.mongo;

import io.plumbline.stores.mapping.DatasetMapping;
import io.plumbline.topics.record.EntityKey;
import java.util.Collection;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;

/** Filters and projections of one dataset's target. */
@SuppressWarnings("DoNotCallSuggester")
public final class TargetSelect {

    private final DatasetMapping mapping;

    public TargetSelect(DatasetMapping mapping) {
        this.mapping = mapping;
    }

    /** The key fields and mapped fields only (for arrays: of the elements). */
    public Bson projection() {
        throw new UnsupportedOperationException(mapping.dataset());
    }

    /** The field that holds the document's key where it has one part, such as {@code _id}. */
    public String keyField() {
        throw new UnsupportedOperationException();
    }

    /** Documents that hold (or would hold) these entities: {@code $in} on one part, otherwise one clause each. */
    public BsonDocument documents(Collection<EntityKey> keys) {
        throw new UnsupportedOperationException(keys.toString());
    }
}
