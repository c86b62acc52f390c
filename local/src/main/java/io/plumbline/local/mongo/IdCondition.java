package io.plumbline.local.mongo;

import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a query says about {@code _id}, as far as an ordered index answers it exactly: named values, or a range.
 *
 * @param values the values it may have; {@code null} for a range
 * @param low the lower bound; {@code null} for none
 * @param high the upper bound; {@code null} for none
 * @param rest the query without what the index answers; every candidate has to match it
 */
record IdCondition(
        @Nullable List<Object> values,
        @Nullable Bound low,
        @Nullable Bound high,
        Document rest) {

    /** One end of a range. */
    record Bound(Object value, boolean inclusive) {}

    /** Whether an index is of use: whether there are values or bounds. */
    boolean narrows() {
        return values != null || low != null || high != null;
    }

    private boolean inRange(Object id) {
        return inBracket(id) && aboveLow(id) && belowHigh(id);
    }

    /** The entries of an index whose {@code _id} is as the condition says, or may be but for its type, in order. */
    <V> NavigableMap<Object, V> within(NavigableMap<Object, V> index) {
        if (values != null) {
            NavigableMap<Object, V> named = new TreeMap<>(IdOrder.INSTANCE);
            for (Object value : values) {
                V entry = index.get(value);
                if (entry != null && inRange(value)) {
                    named.put(value, entry);
                }
            }
            return named;
        }
        if (low != null && high != null && IdOrder.INSTANCE.compare(low.value, high.value) > 0) {
            return new TreeMap<>(IdOrder.INSTANCE);
        }
        NavigableMap<Object, V> part = index;
        if (low != null) {
            part = part.tailMap(low.value, low.inclusive);
        }
        if (high != null) {
            part = part.headMap(high.value, high.inclusive);
        }
        return part;
    }

    /** Whether a range may hold an {@code _id} of this type; ranges are bracketed by type. */
    boolean inBracket(Object id) {
        return (low == null || IdOrder.sameBracket(low.value, id))
                && (high == null || IdOrder.sameBracket(high.value, id));
    }

    private boolean aboveLow(Object id) {
        int order = low == null ? 1 : IdOrder.INSTANCE.compare(id, low.value);
        return order > 0 || (order == 0 && low != null && low.inclusive);
    }

    private boolean belowHigh(Object id) {
        int order = high == null ? -1 : IdOrder.INSTANCE.compare(id, high.value);
        return order < 0 || (order == 0 && high != null && high.inclusive);
    }
}
