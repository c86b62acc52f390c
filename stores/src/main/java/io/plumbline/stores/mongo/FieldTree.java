package io.plumbline.stores.mongo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The paths that are looked for in a document, as a tree of names. Each place has a number, or several where it is both
 * key and field. Documents of one collection mostly have their fields in one order, so the search for a name begins
 * after the one found last.
 */
final class FieldTree {

    private final String path;
    private final byte[] name;
    private final List<FieldTree> children = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();
    private int expected;

    FieldTree() {
        this("", "");
    }

    private FieldTree(String path, String name) {
        this.path = path;
        this.name = name.getBytes(StandardCharsets.UTF_8);
    }

    /** Looks for a dotted path, as that place. */
    void add(String dotted, int place) {
        FieldTree node = this;
        for (String part : dotted.split("\\.", -1)) {
            node = node.child(part);
        }
        node.places.add(place);
    }

    private FieldTree child(String part) {
        String below = path.isEmpty() ? part : path + "." + part;
        for (FieldTree child : children) {
            if (child.path.equals(below)) {
                return child;
            }
        }
        FieldTree child = new FieldTree(below, part);
        children.add(child);
        return child;
    }

    String path() {
        return path;
    }

    List<Integer> places() {
        return places;
    }

    boolean isInner() {
        return !children.isEmpty();
    }

    int nameLength() {
        return name.length;
    }

    /** The child whose name begins here in the document, if it is looked for. */
    @Nullable
    FieldTree at(byte[] bytes, int from) {
        int size = children.size();
        for (int i = 0; i < size; i++) {
            int at = expected + i < size ? expected + i : expected + i - size;
            FieldTree child = children.get(at);
            if (child.isNamed(bytes, from)) {
                expected = at + 1 == size ? 0 : at + 1;
                return child;
            }
        }
        return null;
    }

    private boolean isNamed(byte[] bytes, int from) {
        int length = name.length;
        if (from + length >= bytes.length || bytes[from + length] != 0) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[from + i] != name[i]) {
                return false;
            }
        }
        return true;
    }
}
