package io.plumbline.stores.mapping;

import io.plumbline.topics.record.FieldDifference;
import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Compares one field of two rows of normalised cells. Numbers compare by value across types (a double is the shortest
 * decimal that reads back as it), everything else within its kind; null equals absent.
 */
final class FieldComparison {

    private static final long EXACT_DIGITS = 1_000_000_000_000_000L;
    private static final double[] POWERS = new double[23];

    static {
        for (int i = 0; i < POWERS.length; i++) {
            POWERS[i] = Double.parseDouble("1e" + i); // exact up to 22
        }
    }

    private final FieldMapping field;
    private final @Nullable BigDecimal tolerance;

    FieldComparison(FieldMapping field) {
        this.field = field;
        BigDecimal declared = field.config().tolerance();
        this.tolerance = declared == null || declared.signum() == 0 ? null : declared;
    }

    boolean same(Cells source, Cells target, int cell) {
        Cell kind = source.kind(cell);
        Cell other = target.kind(cell);
        if (kind.isNumber() && other.isNumber()) {
            return sameNumber(source, target, cell, kind, other) || (tolerance != null && near(source, target, cell));
        }
        if (kind != other) {
            return false;
        }
        return switch (kind) {
            case NULL -> true;
            case BOOLEAN, INSTANT -> source.number(cell) == target.number(cell);
            case UUID -> source.number(cell) == target.number(cell) && source.low(cell) == target.low(cell);
            case TEXT, BINARY, OBJECT_ID, OTHER -> sameBytes(source, target, cell);
            case TREE -> source.object(cell).equals(target.object(cell));
            case LONG, DECIMAL, BIG_DECIMAL, DOUBLE -> throw new IllegalStateException("numbers were compared above");
        };
    }

    private static boolean sameBytes(Cells one, Cells two, int cell) {
        int length = one.length(cell);
        int from = one.offset(cell);
        int with = two.offset(cell);
        return length == two.length(cell)
                && Arrays.equals(one.buffer(cell), from, from + length, two.buffer(cell), with, with + length);
    }

    private static boolean sameNumber(Cells source, Cells target, int cell, Cell kind, Cell other) {
        if (kind == other) {
            return switch (kind) {
                case LONG, DOUBLE -> source.number(cell) == target.number(cell);
                case DECIMAL -> source.number(cell) == target.number(cell) && source.low(cell) == target.low(cell);
                default -> source.decimal(cell).compareTo(target.decimal(cell)) == 0;
            };
        }
        if (kind == Cell.LONG || other == Cell.LONG) {
            return false; // every whole number of 64 bits is a LONG
        }
        if (kind == Cell.DECIMAL && other == Cell.DOUBLE) {
            return sameDecimal(source, target, cell);
        }
        if (kind == Cell.DOUBLE && other == Cell.DECIMAL) {
            return sameDecimal(target, source, cell);
        }
        return source.isFinite(cell)
                && target.isFinite(cell)
                && source.decimal(cell).compareTo(target.decimal(cell)) == 0;
    }

    /** Up to 15 digits a decimal has one nearest double, and is the shortest decimal of it. */
    private static boolean sameDecimal(Cells decimal, Cells floating, int cell) {
        long unscaled = decimal.number(cell);
        int scale = (int) decimal.low(cell);
        double value = floating.doubleAt(cell);
        if (scale < POWERS.length && unscaled < EXACT_DIGITS && unscaled > -EXACT_DIGITS) {
            return unscaled / POWERS[scale] == value;
        }
        return Double.isFinite(value) && decimal.decimal(cell).compareTo(BigDecimal.valueOf(value)) == 0;
    }

    private boolean near(Cells source, Cells target, int cell) {
        return tolerance != null
                && source.isFinite(cell)
                && target.isFinite(cell)
                && source.decimal(cell).subtract(target.decimal(cell)).abs().compareTo(tolerance) <= 0;
    }

    /** The class and both values of a field that is not the same. */
    FieldDifference difference(Cells source, Cells target, int cell) {
        return new FieldDifference(
                field.config().target(),
                kind(source, target, cell),
                CellText.brief(source, cell),
                CellText.brief(target, cell));
    }

    private String kind(Cells source, Cells target, int cell) {
        Cell one = source.kind(cell);
        Cell two = target.kind(cell);
        if (one == Cell.NULL || two == Cell.NULL) {
            return isEmpty(source, cell) || isEmpty(target, cell) ? "null-against-empty" : "null-against-value";
        }
        if ((one == Cell.INSTANT && states(target, cell)) || (two == Cell.INSTANT && states(source, cell))) {
            return "timestamp-against-text";
        }
        return one == two || (one.isNumber() && two.isNumber()) ? "value" : "type";
    }

    private static boolean isEmpty(Cells cells, int cell) {
        return cells.kind(cell) == Cell.TEXT && cells.length(cell) == 0;
    }

    private boolean states(Cells cells, int cell) {
        if (cells.kind(cell) != Cell.TEXT || cells.length(cell) > 64) {
            return false;
        }
        DateText format = field.format();
        String text = cells.text(cell).strip();
        return DateText.iso(text, field.zone()) != null || (format != null && format.parse(text) != null);
    }
}
