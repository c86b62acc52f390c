package io.plumbline.stores.mapping;

import io.plumbline.stores.Content;
import org.bson.BsonDocument;

/**
 * A target entity's mapped fields: the values exactly as MongoDB has them (or as they are planned), by target field,
 * those that are absent left out; and the cells that they are compared by. As JSON it is canonical Extended JSON.
 */
public final class TargetContent implements Content {

    private final BsonDocument fields;
    private final Cells values;

    TargetContent(BsonDocument fields, Cells values) {
        this.fields = fields;
        this.values = values;
    }

    /** By target field as it is declared, dots and all. */
    public BsonDocument fields() {
        return fields;
    }

    Cells values() {
        return values;
    }

    @Override
    public String digest() {
        return ContentDigest.of(values);
    }

    @Override
    public String json() {
        return ExtendedJson.of(fields);
    }
}
