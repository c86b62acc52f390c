package io.plumbline.stores.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.stores.SourceEntity;
import io.plumbline.stores.mapping.Cell;
import io.plumbline.stores.mapping.CellText;
import io.plumbline.stores.mapping.Cells;
import io.plumbline.stores.mapping.DatasetMapping;
import io.plumbline.topics.json.Json;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.OutboxRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a {@link SourceSelect}, one after the other: cells are reused, nothing is allocated per value. Closing early
 * reads the rest without looking at it.
 */
public final class SourceCursor implements AutoCloseable {

    private final DatasetMapping mapping;
    private final SelectList list;
    private final CopyTuples tuples;
    private final SourceRow row;
    private final Cells keys;
    private final Cells values;
    private boolean withPending;
    private @Nullable String unreadable;

    private SourceCursor(Connection connection, SourceSelect select, DatasetMapping mapping, String sql)
            throws SQLException {
        this.mapping = mapping;
        this.list = select.list();
        this.tuples = new CopyTuples(connection, sql, list.pending() + 1);
        this.row = new SourceRow(mapping, list, tuples);
        this.keys = new Cells(mapping.key().size());
        this.values = new Cells(mapping.fields().size());
    }

    /** @param select one of {@link SourceSelect}'s {@code entities} */
    public static SourceCursor open(Connection connection, DatasetMapping mapping, String select) throws SQLException {
        return new SourceCursor(connection, new SourceSelect(mapping), mapping, select);
    }

    /** Rows that carry their pending outbox rows. */
    SourceCursor withPending() {
        withPending = true;
        return this;
    }

    public boolean next() throws SQLException {
        if (!tuples.next()) {
            return false;
        }
        unreadable = row.key(keys);
        if (unreadable == null) {
            unreadable = row.convert(values);
        }
        if (unreadable == null) {
            mapping.normaliseSource(values);
        }
        return true;
    }

    /** The current row's key, canonical; a null part where the row has no usable key (see {@link #unreadable}). */
    public Cells keys() {
        return keys;
    }

    /** The current row's normalised values, to compare with {@link DatasetMapping#same}; not where it is unreadable. */
    public Cells values() {
        return values;
    }

    /** Why the current row cannot be compared; {@code null} where it can. */
    public @Nullable String unreadable() {
        return unreadable;
    }

    /** The current row's name in a report: its entity, or its primary key where it has no usable key. */
    public String rowName() {
        EntityKey key = key();
        if (key != null) {
            return key.text();
        }
        String name = list.name() == SelectList.NONE ? null : tuples.text(list.name());
        return mapping.dataset() + ": row " + (name == null ? "without a primary key" : name);
    }

    /** The current row's entity; {@code null} where it has no usable key. */
    public @Nullable EntityKey key() {
        return mapping.entity(keys);
    }

    /** The current row, kept. Only where {@link #key} is not null. */
    public SourceEntity entity() {
        EntityKey key = Objects.requireNonNull(key(), "a row without a key is no entity");
        List<OutboxRow> pending = withPending ? pending() : List.of();
        if (unreadable != null) {
            return new SourceEntity(key, null, order(), pending, unreadable);
        }
        Cells converted = new Cells(values.size());
        String reason = row.convert(converted);
        return new SourceEntity(key, reason == null ? mapping.source(converted) : null, order(), pending, reason);
    }

    private @Nullable String order() {
        if (list.order() == SelectList.NONE || tuples.length(list.order()) < 0) {
            return null;
        }
        Cells order = new Cells(1);
        int at = list.order();
        String infinite =
                WireCells.set(order, 0, list.orderType(), tuples.bytes(), tuples.start(at), tuples.length(at));
        if (infinite != null) {
            return "infinity";
        }
        return order.kind(0) == Cell.INSTANT
                ? Instant.ofEpochMilli(order.number(0))
                        .plusNanos(order.low(0) * 1_000)
                        .toString()
                : CellText.of(order, 0);
    }

    private List<OutboxRow> pending() {
        String json = tuples.text(list.pending());
        if (json == null) {
            return List.of();
        }
        List<OutboxRow> rows = new ArrayList<>();
        for (JsonNode pair : Json.parse(json, JsonNode.class)) {
            rows.add(new OutboxRow(pair.path(0).asText(), pair.path(1).asInt()));
        }
        return rows;
    }

    @Override
    public void close() throws SQLException {
        tuples.close();
    }
}
