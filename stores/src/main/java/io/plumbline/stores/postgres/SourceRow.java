package io.plumbline.stores.postgres;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.stores.mapping.Cells;
import io.plumbline.stores.mapping.DatasetMapping;
import io.plumbline.stores.mapping.FieldMapping;
import io.plumbline.stores.mapping.JsonCells;
import io.plumbline.stores.mapping.KeyPart;
import io.plumbline.stores.mapping.SourceType;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the current tuple's fields and key into cells. */
final class SourceRow {

    private final DatasetMapping mapping;
    private final SelectList list;
    private final CopyTuples tuples;
    private final FieldMapping[] fields;
    private final @Nullable JsonPointer[] pointers;
    private final Map<Integer, JsonNode> parsed = new HashMap<>();

    SourceRow(DatasetMapping mapping, SelectList list, CopyTuples tuples) {
        this.mapping = mapping;
        this.list = list;
        this.tuples = tuples;
        this.fields = mapping.fields().toArray(new FieldMapping[0]);
        this.pointers = new @Nullable JsonPointer[fields.length];
        for (int i = 0; i < fields.length; i++) {
            String path = fields[i].config().path();
            boolean here = path != null && fields[i].wire() == SourceType.TEXT;
            pointers[i] = here ? JsonPointer.compile(path) : null;
        }
    }

    /** Puts the key into its cells. Returns why the row has none; {@code null} where it has. */
    @Nullable
    String key(Cells keys) {
        byte[] bytes = tuples.bytes();
        String reason = null;
        for (int i = 0; i < list.key().size(); i++) {
            int length = tuples.length(i);
            String wrong = null;
            if (length < 0 || (length == 0 && !list.keyPart(i).isNumber())) {
                keys.setNull(i);
                wrong = noKey(i);
            } else if (length > KeyPart.LONGEST) {
                keys.setNull(i);
                wrong = "key column " + list.keyPart(i).config().source() + " has " + length + " bytes, more than the "
                        + KeyPart.LONGEST + " that a key may have";
            } else if (list.keyPart(i).isNumber()) {
                keys.setLong(i, WireCells.int64(bytes, tuples.start(i)));
            } else {
                keys.setText(i, bytes, tuples.start(i), length);
            }
            if (wrong == null && list.check(i) != SelectList.NONE) {
                wrong = check(i);
            }
            reason = reason == null ? wrong : reason;
        }
        return reason;
    }

    private String noKey(int part) {
        String column = list.keyPart(part).config().source();
        String raw = list.check(part) == SelectList.NONE ? null : tuples.text(list.check(part));
        return raw == null
                ? "key column " + column + " is null or empty"
                : "key column " + column + " is '" + raw + "', which is no key of type "
                        + list.keyPart(part).config().type().name().toLowerCase(java.util.Locale.ROOT);
    }

    private @Nullable String check(int part) {
        String raw = tuples.text(list.check(part));
        String made = raw == null ? null : list.keyPart(part).canonical(raw);
        String theirs = list.keyPart(part).isNumber()
                ? Long.toString(WireCells.int64(tuples.bytes(), tuples.start(part)))
                : tuples.text(part);
        return theirs != null && theirs.equals(made)
                ? null
                : "PostgreSQL and Java normalise key column "
                        + list.keyPart(part).config().source() + " '" + raw + "' differently, to '" + theirs + "' and '"
                        + made + "'; declare a plainer rewrite";
    }

    /** Puts what the fields are compared as into cells. Returns why that cannot be. */
    @Nullable
    String convert(Cells cells) {
        byte[] bytes = tuples.bytes();
        parsed.clear();
        for (int i = 0; i < fields.length; i++) {
            int at = list.field(i);
            int length = tuples.length(at);
            if (length < 0) {
                cells.setNull(i);
                continue;
            }
            String reason = natural(cells, i, at, bytes, tuples.start(at), length);
            if (reason != null) {
                return "column " + fields[i].config().source() + ": " + reason;
            }
        }
        return mapping.convertSource(cells);
    }

    private @Nullable String natural(Cells cells, int field, int position, byte[] bytes, int at, int length) {
        JsonPointer pointer = pointers[field];
        if (pointer != null) {
            return find(cells, field, position, pointer);
        }
        SourceType wire = fields[field].wire();
        if (wire == SourceType.JSON || wire == SourceType.ARRAY || fields[field].readsJsonText()) {
            return JsonCells.set(
                    cells, field, bytes, at, length, fields[field].column().element());
        }
        return WireCells.set(cells, field, wire, bytes, at, length);
    }

    private @Nullable String find(Cells cells, int field, int position, JsonPointer pointer) {
        JsonNode document = parsed.get(position);
        if (document == null) {
            try {
                document = JsonCells.parse(tuples.bytes(), tuples.start(position), tuples.length(position));
            } catch (IOException e) {
                return "not JSON: " + JsonCells.firstLine(e);
            }
            parsed.put(position, document);
        }
        return JsonCells.set(cells, field, document, pointer);
    }
}
