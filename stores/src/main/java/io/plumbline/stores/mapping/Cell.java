package io.plumbline.stores.mapping;

/** What a cell of {@link Cells} holds. Numbers are canonical: one value has one kind and one form, except doubles. */
public enum Cell {
    /** Null, absent, undefined. */
    NULL,
    /** A whole number that fits 64 bits, from whatever type it came. */
    LONG,
    /** A decimal with a 64-bit unscaled value, a positive scale and no trailing zero. */
    DECIMAL,
    /** Any other decimal. */
    BIG_DECIMAL,
    /** A double that is not a whole number of 64 bits, NaN and the infinities included. */
    DOUBLE,
    /** UTF-8 bytes. */
    TEXT,
    BOOLEAN,
    /** Milliseconds since 1970 in UTC; dates are the start of their day. */
    INSTANT,
    UUID,
    BINARY,
    OBJECT_ID,
    /** A JSON object or array as {@link Tree} makes it. */
    TREE,
    /** A value of a type that nothing is compared with; its text says what it is. */
    OTHER;

    boolean isNumber() {
        return this == LONG || this == DECIMAL || this == BIG_DECIMAL || this == DOUBLE;
    }
}
