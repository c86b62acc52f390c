package io.plumbline.stores.mongo;

import io.plumbline.stores.mapping.BsonCells;
import io.plumbline.stores.mapping.Cells;
import io.plumbline.stores.mapping.DatasetMapping;
import io.plumbline.stores.mapping.KeyPart;
import io.plumbline.stores.mapping.TargetContent;
import io.plumbline.topics.config.TargetConfig;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Takes the entities out of one document after the other: the document itself, or the elements of its array. The
 * places of the document are its key parts, its {@code _id} and either its fields or the array; those of an element its
 * key parts and its fields.
 */
final class TargetReader {

    private static final byte ARRAY = 0x04;
    private static final byte DOCUMENT = 0x03;
    private static final byte NULL = 0x0a;

    private final DatasetMapping mapping;
    private final @Nullable String array;
    private final FieldTree documentTree = new FieldTree();
    private final FieldTree elementTree = new FieldTree();
    private final Places document;
    private final Places element;
    private final Cells keys;
    private final Cells values;
    private final int fields;
    private @Nullable String keyProblem;
    private @Nullable String documentProblem;
    private @Nullable String unreadable;
    private int nextElement;
    private int index;
    private boolean more;
    private boolean hasKey;

    TargetReader(DatasetMapping mapping) {
        this.mapping = mapping;
        TargetConfig target = mapping.config().target();
        this.array = target.array();
        this.fields = mapping.key().size();
        int size = fields + mapping.fields().size();
        FieldTree inner = array == null ? documentTree : elementTree;
        List<KeyPart> key = mapping.key();
        for (int i = 0; i < key.size(); i++) {
            (key.get(i).inElement() ? elementTree : documentTree).add(key.get(i).target(), i);
        }
        for (int i = 0; i < mapping.fields().size(); i++) {
            inner.add(mapping.fields().get(i).config().target(), fields + i);
        }
        documentTree.add("_id", size);
        if (array != null) {
            documentTree.add(array, size + 1);
        }
        this.document = new Places(size + 2);
        this.element = array == null ? document : new Places(size);
        this.keys = new Cells(key.size());
        this.values = new Cells(mapping.fields().size());
    }

    /** Begins a document; {@link #next} then gives its entities. */
    void begin(byte[] bytes) {
        document.read(documentTree, bytes, 0);
        documentProblem = document.wrongShape();
        index = -1;
        nextElement = -1;
        more = true;
        for (int i = 0; i < fields; i++) {
            if (!mapping.key().get(i).inElement()) {
                set(keys, i, document, i);
            } else {
                keys.setNull(i);
            }
        }
        keyProblem = mapping.normaliseTargetDocumentKey(keys);
        if (array != null) {
            documentProblem = keyProblem == null ? documentProblem : keyProblem;
            beginArray(array);
        }
    }

    private void beginArray(String name) {
        int place = fields + mapping.fields().size() + 1;
        boolean none = document.isAbsent(place) || document.type(place) == NULL;
        if (!none && document.type(place) != ARRAY && documentProblem == null) {
            documentProblem =
                    "its " + name + " is " + BsonCells.name(document.type(place)) + " where an array was expected";
        }
        if (documentProblem == null) {
            more = !none;
            nextElement = none ? -1 : document.offset(place) + 4;
        }
    }

    boolean next() {
        if (!more) {
            return false;
        }
        if (array == null || documentProblem != null) {
            more = false;
            index = -1;
            single();
            return true;
        }
        byte[] bytes = document.bytes();
        byte type = bytes[nextElement];
        if (type == 0) {
            more = false;
            return false;
        }
        index++;
        int value = BsonCells.nameEnd(bytes, nextElement + 1) + 1;
        nextElement = BsonCells.after(type, bytes, value);
        element(bytes, type, value);
        return true;
    }

    private void single() {
        if (array != null) {
            hasKey = false;
            unreadable = documentProblem;
            return;
        }
        hasKey = keyProblem == null;
        unreadable = keyProblem == null ? documentProblem : keyProblem;
        values(document);
    }

    private void element(byte[] bytes, byte type, int at) {
        if (type != DOCUMENT) {
            hasKey = false;
            unreadable = "it is " + BsonCells.name(type) + " where an object was expected";
            return;
        }
        element.read(elementTree, bytes, at);
        for (int i = 0; i < fields; i++) {
            if (mapping.key().get(i).inElement()) {
                set(keys, i, element, i);
            }
        }
        String wrongKey = mapping.normaliseTargetElementKey(keys);
        hasKey = wrongKey == null;
        unreadable = wrongKey == null ? element.wrongShape() : wrongKey;
        values(element);
    }

    private void values(Places places) {
        if (unreadable != null) {
            return;
        }
        for (int i = 0; i < values.size(); i++) {
            set(values, i, places, fields + i);
        }
        mapping.normaliseTarget(values);
    }

    private static void set(Cells cells, int cell, Places places, int place) {
        if (places.isAbsent(place)) {
            cells.setNull(cell);
        } else {
            BsonCells.set(cells, cell, places.type(place), places.bytes(), places.offset(place));
        }
    }

    Cells keys() {
        return keys;
    }

    Cells values() {
        return values;
    }

    boolean hasKey() {
        return hasKey;
    }

    @Nullable
    String unreadable() {
        return unreadable;
    }

    /** Why none of the document's elements can be read. */
    @Nullable
    String documentProblem() {
        return documentProblem;
    }

    /** The document's part of the key, once {@link #begin begun}; {@code null} where it has none. */
    @Nullable
    List<String> documentKey() {
        List<String> parts = new ArrayList<>(1);
        for (int i = 0; i < fields; i++) {
            if (!mapping.key().get(i).inElement()) {
                if (keys.isNull(i)) {
                    return null;
                }
                parts.add(mapping.key().get(i).text(keys, i));
            }
        }
        return parts;
    }

    /** The document's {@code _id}, and the element's place in the array. */
    String name() {
        int id = fields + mapping.fields().size();
        String named = mapping.config().target().collection() + " "
                + (document.isAbsent(id) ? "without _id" : new BsonDocument("_id", document.value(id)).toJson());
        return index < 0 ? named : named + ", element " + index + " of " + array;
    }

    /** The current entity's content. Only where it is readable. */
    TargetContent content() {
        BsonDocument flat = new BsonDocument();
        for (int i = 0; i < values.size(); i++) {
            if (!element.isAbsent(fields + i)) {
                flat.put(mapping.fields().get(i).config().target(), element.value(fields + i));
            }
        }
        return mapping.target(flat, values);
    }
}
