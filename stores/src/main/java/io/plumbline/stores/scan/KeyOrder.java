package io.plumbline.stores.scan;

import io.plumbline.stores.mapping.Cell;
import io.plumbline.stores.mapping.Cells;
import java.util.Arrays;

/** The one binary order in which both sides of a range come: numbers by value, text by its UTF-8 bytes. */
final class KeyOrder {

    private KeyOrder() {}

    static int compare(Cells one, Cells other) {
        return one.kind(0) == Cell.LONG
                ? Long.compare(one.number(0), other.number(0))
                : Arrays.compareUnsigned(
                        one.buffer(0),
                        one.offset(0),
                        one.offset(0) + one.length(0),
                        other.buffer(0),
                        other.offset(0),
                        other.offset(0) + other.length(0));
    }

    /** The key as the cursors of ranges carry it. */
    static String text(Cells key) {
        return key.kind(0) == Cell.LONG ? Long.toString(key.number(0)) : key.text(0);
    }
}
