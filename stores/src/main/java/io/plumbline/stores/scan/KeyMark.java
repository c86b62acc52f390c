package io.plumbline.stores.scan;

import io.plumbline.stores.mapping.Cell;
import io.plumbline.stores.mapping.Cells;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Remembers the key before, without copying it: the bytes of a document that was read do not change. */
final class KeyMark {

    private static final byte[] NONE = {};

    private boolean set;
    private long number;
    private byte[] buffer = NONE;
    private int offset;
    private int length;

    /** Takes the next key; throws {@link IllegalStateException} where it is not greater than the one before. */
    void rise(Cells key) {
        boolean isNumber = key.kind(0) == Cell.LONG;
        if (set && !(isNumber ? number < key.number(0) : isBefore(key))) {
            throw new IllegalStateException("the target does not return its keys in binary order: " + KeyOrder.text(key)
                    + " came after " + (isNumber ? Long.toString(number) : text()));
        }
        set = true;
        if (isNumber) {
            number = key.number(0);
        } else {
            buffer = key.buffer(0);
            offset = key.offset(0);
            length = key.length(0);
        }
    }

    private boolean isBefore(Cells key) {
        int end = key.offset(0) + key.length(0);
        return Arrays.compareUnsigned(buffer, offset, offset + length, key.buffer(0), key.offset(0), end) < 0;
    }

    private String text() {
        return new String(buffer, offset, length, StandardCharsets.UTF_8);
    }
}
