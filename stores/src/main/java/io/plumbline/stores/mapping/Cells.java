package io.plumbline.stores.mapping;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A row of values without objects: what a scan reads a million times. Each cell has a {@link Cell kind}, two numbers
 * and, for some kinds, an object. Text and binary are slices of the buffer they were read from, so a buffer must not be
 * changed while a cell points into it. Cells are reused from row to row; {@link #copy()} keeps one.
 */
public final class Cells {

    /** Beyond it neither Decimal128 nor anything sensible goes; it keeps hostile exponents from filling the memory. */
    static final int MAX_EXPONENT = 6_144;

    private static final BigInteger MIN_LONG = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MAX_LONG = BigInteger.valueOf(Long.MAX_VALUE);

    private final Cell[] kinds;
    private final long[] first;
    private final long[] second;
    private final @Nullable Object[] objects;

    public Cells(int size) {
        kinds = new Cell[size];
        Arrays.fill(kinds, Cell.NULL);
        first = new long[size];
        second = new long[size];
        objects = new @Nullable Object[size];
    }

    private Cells(Cells other) {
        kinds = other.kinds.clone();
        first = other.first.clone();
        second = other.second.clone();
        objects = other.objects.clone();
    }

    public Cells copy() {
        return new Cells(this);
    }

    public int size() {
        return kinds.length;
    }

    public void clear() {
        Arrays.fill(kinds, Cell.NULL);
    }

    public Cell kind(int cell) {
        return kinds[cell];
    }

    public boolean isNull(int cell) {
        return kinds[cell] == Cell.NULL;
    }

    /** The value of a {@code LONG} or {@code BOOLEAN}, the milliseconds of an {@code INSTANT}, the high half of a UUID. */
    public long number(int cell) {
        return first[cell];
    }

    /** The scale of a {@code DECIMAL}, the low half of a UUID, the microseconds below an {@code INSTANT}'s millisecond. */
    public long low(int cell) {
        return second[cell];
    }

    public double doubleAt(int cell) {
        return Double.longBitsToDouble(first[cell]);
    }

    /** The buffer that a text or binary is a slice of. */
    public byte[] buffer(int cell) {
        return (byte[]) object(cell);
    }

    public int offset(int cell) {
        return (int) first[cell];
    }

    public int length(int cell) {
        return (int) second[cell];
    }

    public Object object(int cell) {
        Object object = objects[cell];
        if (object == null) {
            throw new IllegalStateException("a cell of kind " + kinds[cell] + " has no object");
        }
        return object;
    }

    public String text(int cell) {
        return new String(buffer(cell), offset(cell), length(cell), StandardCharsets.UTF_8);
    }

    public byte[] bytes(int cell) {
        return Arrays.copyOfRange(buffer(cell), offset(cell), offset(cell) + length(cell));
    }

    public boolean isFinite(int cell) {
        return kinds[cell] != Cell.DOUBLE || Double.isFinite(doubleAt(cell));
    }

    /** Any kind of number as a decimal; not for NaN and the infinities. */
    public BigDecimal decimal(int cell) {
        return switch (kinds[cell]) {
            case LONG -> BigDecimal.valueOf(first[cell]);
            case DECIMAL -> BigDecimal.valueOf(first[cell], (int) second[cell]);
            case BIG_DECIMAL -> (BigDecimal) object(cell);
            case DOUBLE -> BigDecimal.valueOf(doubleAt(cell));
            default -> throw new IllegalStateException("a cell of kind " + kinds[cell] + " is no number");
        };
    }

    public void setNull(int cell) {
        kinds[cell] = Cell.NULL;
    }

    public void setLong(int cell, long value) {
        set(cell, Cell.LONG, value, 0, null);
    }

    /** A double that is a whole number of 64 bits becomes that number. */
    public void setDouble(int cell, double value) {
        long whole = (long) value;
        if (whole == value && whole != Long.MAX_VALUE) {
            setLong(cell, whole);
        } else {
            set(cell, Cell.DOUBLE, Double.doubleToLongBits(value), 0, null);
        }
    }

    /** {@code unscaled * 10^-scale}, the scale not negative. */
    public void setDecimal(int cell, long unscaled, int scale) {
        long digits = unscaled;
        int places = scale;
        while (places > 0 && digits % 10 == 0) {
            digits /= 10;
            places--;
        }
        if (places == 0) {
            setLong(cell, digits);
        } else {
            set(cell, Cell.DECIMAL, digits, places, null);
        }
    }

    public void setDecimal(int cell, BigDecimal value) {
        BigDecimal stripped = stripped(value);
        BigInteger unscaled = stripped.unscaledValue();
        if (isTooLarge(stripped)) {
            set(cell, Cell.BIG_DECIMAL, 0, 0, stripped);
        } else if (stripped.scale() > 0 && unscaled.bitLength() < Long.SIZE) {
            set(cell, Cell.DECIMAL, unscaled.longValue(), stripped.scale(), null);
        } else if (stripped.scale() <= 0 && stripped.precision() - stripped.scale() < 20 && fits(stripped)) {
            setLong(cell, stripped.longValueExact());
        } else {
            set(cell, Cell.BIG_DECIMAL, 0, 0, stripped);
        }
    }

    /** Whether no more may be done with a number than to say that it is too large: its digits may not fit the memory. */
    static boolean isTooLarge(BigDecimal value) {
        return Math.abs((long) value.precision() - value.scale()) > MAX_EXPONENT
                || value.precision() > 4 * MAX_EXPONENT;
    }

    /** Without trailing zeros, so that one value has one form; a number that is too large stays as it is. */
    static BigDecimal stripped(BigDecimal value) {
        if (value.signum() == 0) {
            return BigDecimal.ZERO;
        }
        return isTooLarge(value) ? value : value.stripTrailingZeros();
    }

    private static boolean fits(BigDecimal whole) {
        BigInteger value = whole.toBigIntegerExact();
        return value.compareTo(MIN_LONG) >= 0 && value.compareTo(MAX_LONG) <= 0;
    }

    public void setBoolean(int cell, boolean value) {
        set(cell, Cell.BOOLEAN, value ? 1 : 0, 0, null);
    }

    /** The microseconds (0 to 999) are kept for writing; they are never compared, since the target has milliseconds. */
    public void setInstant(int cell, long epochMillis, int micros) {
        set(cell, Cell.INSTANT, epochMillis, micros, null);
    }

    public void setUuid(int cell, long high, long low) {
        set(cell, Cell.UUID, high, low, null);
    }

    public void setText(int cell, byte[] buffer, int offset, int length) {
        set(cell, Cell.TEXT, offset, length, buffer);
    }

    public void setText(int cell, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        setText(cell, bytes, 0, bytes.length);
    }

    public void setBinary(int cell, byte[] buffer, int offset, int length) {
        set(cell, Cell.BINARY, offset, length, buffer);
    }

    public void setObjectId(int cell, byte[] buffer, int offset) {
        set(cell, Cell.OBJECT_ID, offset, 12, buffer);
    }

    public void setTree(int cell, Object tree) {
        set(cell, Cell.TREE, 0, 0, tree);
    }

    public void setOther(int cell, String description) {
        byte[] bytes = description.getBytes(StandardCharsets.UTF_8);
        set(cell, Cell.OTHER, 0, bytes.length, bytes);
    }

    private void set(int cell, Cell kind, long one, long two, @Nullable Object object) {
        kinds[cell] = kind;
        first[cell] = one;
        second[cell] = two;
        objects[cell] = object;
    }
}
