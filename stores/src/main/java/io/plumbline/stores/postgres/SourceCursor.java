package io.plumbline.stores.postgres;

import io.plumbline.stores.SourceEntity;
import io.plumbline.stores.mapping.Cells;
import io.plumbline.stores.mapping.DatasetMapping;
import io.plumbline.topics.record.EntityKey;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a {@link SourceSelect}, one after the other, by {@code COPY (…) TO STDOUT (FORMAT binary)}: cells are reused,
 * nothing is allocated per value. Closing early cancels the rest.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class SourceCursor implements AutoCloseable {

    private final DatasetMapping mapping;

    private SourceCursor(DatasetMapping mapping) {
        this.mapping = mapping;
    }

    public static SourceCursor open(Connection connection, DatasetMapping mapping, String select) throws SQLException {
        throw new UnsupportedOperationException(connection + select + new SourceCursor(mapping).rowName());
    }

    public boolean next() throws SQLException {
        throw new UnsupportedOperationException(mapping.dataset());
    }

    /** The current row's key, canonical; a null part where the row has no usable key (see {@link #unreadable}). */
    public Cells keys() {
        throw new UnsupportedOperationException();
    }

    /** The current row's normalised values, to compare with {@link DatasetMapping#same}. */
    public Cells values() {
        throw new UnsupportedOperationException();
    }

    /** Why the current row cannot be compared; {@code null} where it can. */
    public @Nullable String unreadable() {
        throw new UnsupportedOperationException();
    }

    /** The current row's name in a report where it has no key: its primary key as text. */
    public String rowName() {
        throw new UnsupportedOperationException();
    }

    /** The current row's entity; {@code null} where it has no usable key. */
    public @Nullable EntityKey key() {
        throw new UnsupportedOperationException();
    }

    /** The current row, kept. Only where {@link #key} is not null. */
    public SourceEntity entity() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() throws SQLException {
        throw new UnsupportedOperationException();
    }
}
