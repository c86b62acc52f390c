package io.plumbline.stores.mongo;

import io.plumbline.stores.mapping.BsonCells;
import java.util.Arrays;
import java.util.List;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Where in a document's bytes the values of a {@link FieldTree}'s places are, and what stands in the way of others. */
final class Places {

    private static final byte ABSENT = 0;
    private static final byte DOCUMENT = 0x03;
    private static final byte UNDEFINED = 0x06;
    private static final byte NULL = 0x0a;

    private final byte[] types;
    private final int[] offsets;
    private byte[] bytes = new byte[0];
    private @Nullable String wrongShape;

    Places(int size) {
        types = new byte[size];
        offsets = new int[size];
    }

    /** Finds the places in the document that begins here. */
    void read(FieldTree tree, byte[] document, int at) {
        bytes = document;
        Arrays.fill(types, ABSENT);
        wrongShape = null;
        walk(tree, at);
    }

    private void walk(FieldTree tree, int document) {
        int at = document + 4;
        while (bytes[at] != 0) {
            byte type = bytes[at++];
            FieldTree found = tree.at(bytes, at);
            int value = (found == null ? BsonCells.nameEnd(bytes, at) : at + found.nameLength()) + 1;
            if (found != null) {
                take(found, type, value);
            }
            at = BsonCells.after(type, bytes, value);
        }
    }

    private void take(FieldTree found, byte type, int value) {
        List<Integer> places = found.places();
        for (int i = 0; i < places.size(); i++) {
            types[places.get(i)] = type;
            offsets[places.get(i)] = value;
        }
        if (found.isInner() && type == DOCUMENT) {
            walk(found, value);
        } else if (found.isInner() && type != NULL && type != UNDEFINED) {
            wrongShape = "its " + found.path() + " is " + BsonCells.name(type) + " where an object was expected";
        }
    }

    /** What stands where an object was expected; {@code null} where nothing does. */
    @Nullable
    String wrongShape() {
        return wrongShape;
    }

    boolean isAbsent(int place) {
        return types[place] == ABSENT;
    }

    byte type(int place) {
        return types[place];
    }

    int offset(int place) {
        return offsets[place];
    }

    byte[] bytes() {
        return bytes;
    }

    /** The value as it is stored. */
    BsonValue value(int place) {
        return BsonCells.value(types[place], bytes, offsets[place]);
    }
}
