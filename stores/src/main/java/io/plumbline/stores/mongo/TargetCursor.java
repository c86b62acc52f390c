package io.plumbline.stores.mongo;

import com.mongodb.client.MongoCursor;
import io.plumbline.stores.TargetEntity;
import io.plumbline.stores.mapping.Cells;
import io.plumbline.stores.mapping.DatasetMapping;
import io.plumbline.topics.record.EntityKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Entities of a cursor's documents, one after the other: a document each, or the elements of their arrays. Cells are
 * reused and point into the document's bytes. Bad shapes are {@link #unreadable}, never an exception.
 */
public final class TargetCursor implements AutoCloseable {

    private final MongoCursor<RawDocument> documents;
    private final DatasetMapping mapping;
    private final TargetReader reader;
    private boolean begun;

    public TargetCursor(MongoCursor<RawDocument> documents, DatasetMapping mapping) {
        this.documents = documents;
        this.mapping = mapping;
        this.reader = new TargetReader(mapping);
    }

    public boolean next() {
        while (!begun || !reader.next()) {
            if (!documents.hasNext()) {
                return false;
            }
            reader.begin(documents.next().bytes());
            begun = true;
        }
        return true;
    }

    /** Key cells, canonical; a null part where the document or element has no usable key. */
    public Cells keys() {
        return reader.keys();
    }

    /** Normalised values; not where the entity is unreadable. */
    public Cells values() {
        return reader.values();
    }

    public @Nullable String unreadable() {
        return reader.unreadable();
    }

    /** What to call the current document or element in a report where it has no usable key. */
    public String name() {
        return reader.name();
    }

    public @Nullable EntityKey key() {
        return reader.hasKey() ? mapping.entity(reader.keys()) : null;
    }

    /** The current entity, kept. Only where {@link #key} is not null. */
    public TargetEntity entity() {
        EntityKey key = Objects.requireNonNull(key(), "a document without a key is no entity");
        String unreadable = reader.unreadable();
        return new TargetEntity(key, unreadable == null ? reader.content() : null, true, unreadable);
    }

    @Override
    public void close() {
        documents.close();
    }
}
