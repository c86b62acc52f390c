package io.plumbline.local.mongo;

import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.Decimal128;
import java.math.BigDecimal;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The order of {@code _id} values as MongoDB has it: by type, text by the bytes of its UTF-8 form (which is the order of
 * code points), numbers by value whatever their type.
 */
final class IdOrder implements Comparator<Object> {

    static final IdOrder INSTANCE = new IdOrder();

    private IdOrder() {}

    @Override
    public int compare(Object a, Object b) {
        if (a instanceof String left && b instanceof String right) {
            return compareText(left, right);
        }
        if (a instanceof Number left && b instanceof Number right) {
            return compareNumbers(left, right);
        }
        return ValueComparator.ascWithoutListHandling().compare(a, b);
    }

    /** Whether a range with one as its bound may hold the other: MongoDB's ranges are bracketed by type. */
    static boolean sameBracket(Object a, Object b) {
        return a instanceof Number ? b instanceof Number : a.getClass() == b.getClass();
    }

    private static int compareText(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            char left = a.charAt(i);
            char right = b.charAt(i);
            if (left != right) {
                // Surrogates stand for code points above all others of one char.
                boolean leftHigh = Character.isSurrogate(left);
                return leftHigh == Character.isSurrogate(right) ? Character.compare(left, right) : leftHigh ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    private static int compareNumbers(Number a, Number b) {
        if (isIntegral(a) && isIntegral(b)) {
            return Long.compare(a.longValue(), b.longValue());
        }
        BigDecimal left = exact(a);
        BigDecimal right = exact(b);
        if (left == null || right == null) {
            double x = a.doubleValue();
            double y = b.doubleValue();
            // NaN comes before all numbers.
            return Double.isNaN(x) || Double.isNaN(y)
                    ? Boolean.compare(!Double.isNaN(x), !Double.isNaN(y))
                    : Double.compare(x, y);
        }
        return left.compareTo(right);
    }

    private static boolean isIntegral(Number number) {
        return number instanceof Long || number instanceof Integer;
    }

    private static @Nullable BigDecimal exact(Number number) {
        if (isIntegral(number)) {
            return BigDecimal.valueOf(number.longValue());
        }
        if (number instanceof Decimal128 decimal) {
            double rough = decimal.doubleValue();
            return Double.isNaN(rough) || Double.isInfinite(rough) ? null : decimal.toBigDecimal();
        }
        double value = number.doubleValue();
        return Double.isNaN(value) || Double.isInfinite(value) ? null : new BigDecimal(value);
    }
}
