package io.plumbline.stores.mongo;

import com.mongodb.client.MongoCursor;
import io.plumbline.stores.TargetEntity;
import io.plumbline.stores.mapping.Cells;
import io.plumbline.stores.mapping.DatasetMapping;
import io.plumbline.topics.record.EntityKey;
import org.jspecify.annotations.Nullable;

/**
 * Entities of a cursor's documents, one after the other: a document each, or the elements of their arrays. Cells are
 * reused and point into the document's bytes. Bad shapes are {@link #unreadable}, never an exception.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class TargetCursor implements AutoCloseable {

    private final DatasetMapping mapping;

    public TargetCursor(MongoCursor<RawDocument> documents, DatasetMapping mapping) {
        this.mapping = mapping;
        documents.close();
    }

    public boolean next() {
        throw new UnsupportedOperationException(mapping.dataset());
    }

    /** Key cells, canonical; a null part where the document or element has no usable key. */
    public Cells keys() {
        throw new UnsupportedOperationException();
    }

    public Cells values() {
        throw new UnsupportedOperationException();
    }

    public @Nullable String unreadable() {
        throw new UnsupportedOperationException();
    }

    /** What to call the current document or element in a report where it has no usable key. */
    public String name() {
        throw new UnsupportedOperationException();
    }

    public @Nullable EntityKey key() {
        throw new UnsupportedOperationException();
    }

    /** The current entity, kept. Only where {@link #key} is not null. */
    public TargetEntity entity() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
