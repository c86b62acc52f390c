package io.plumbline.stores.mongo;

import org.bson.BsonDocument;
import org.bson.BsonValue;

/** Builds a document from dotted paths. */
final class NestedDocument {

    private final BsonDocument root = new BsonDocument();

    NestedDocument put(String path, BsonValue value) {
        BsonDocument at = root;
        String[] parts = path.split("\\.", -1);
        for (int i = 0; i < parts.length - 1; i++) {
            if (!at.containsKey(parts[i]) || !at.isDocument(parts[i])) {
                at.put(parts[i], new BsonDocument());
            }
            at = at.getDocument(parts[i]);
        }
        at.put(parts[parts.length - 1], value);
        return this;
    }

    NestedDocument putAll(BsonDocument paths) {
        paths.forEach(this::put);
        return this;
    }

    BsonDocument get() {
        return root;
    }
}
