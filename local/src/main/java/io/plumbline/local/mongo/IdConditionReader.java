package io.plumbline.local.mongo;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.LegacyUUID;
import de.bwaldvogel.mongo.bson.ObjectId;
import io.plumbline.local.mongo.IdCondition.Bound;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a query says about {@code _id}: equality, {@code $in} and bounds, at the top or within {@code $and}. What it
 * does not know stays in the rest of the query.
 */
final class IdConditionReader {

    private static final String ID = "_id";

    private @Nullable List<Object> values;
    private @Nullable Bound low;
    private @Nullable Bound high;

    private IdConditionReader() {}

    static IdCondition read(Document query) {
        IdConditionReader reader = new IdConditionReader();
        Document rest = reader.consume(query);
        return new IdCondition(reader.values, reader.low, reader.high, rest);
    }

    private Document consume(Document query) {
        Document rest = new Document();
        for (Map.Entry<String, Object> entry : query.entrySet()) {
            Object left = switch (entry.getKey()) {
                case ID -> consumeId(entry.getValue());
                case "$and" -> consumeAnd(entry.getValue());
                default -> entry.getValue();
            };
            if (left != Consumed.ALL) {
                rest.put(entry.getKey(), left);
            }
        }
        return rest;
    }

    private @Nullable Object consumeId(@Nullable Object condition) {
        if (isPlain(condition)) {
            limitTo(List.of(condition));
            return Consumed.ALL;
        }
        if (!(condition instanceof Document operators)
                || operators.isEmpty()
                || !operators.keySet().stream().allMatch(key -> key.startsWith("$"))) {
            return condition;
        }
        Document left = new Document();
        operators.forEach((operator, operand) -> {
            if (!consumeOperator(operator, operand)) {
                left.put(operator, operand);
            }
        });
        return left.isEmpty() ? Consumed.ALL : left;
    }

    private Object consumeAnd(Object conditions) {
        if (!(conditions instanceof Collection<?> all) || !all.stream().allMatch(Document.class::isInstance)) {
            return conditions;
        }
        List<Document> left = new ArrayList<>();
        for (Object condition : all) {
            Document rest = consume((Document) condition);
            if (!rest.isEmpty()) {
                left.add(rest);
            }
        }
        return left.isEmpty() ? Consumed.ALL : left;
    }

    private boolean consumeOperator(String operator, @Nullable Object operand) {
        if (operator.equals("$in") && operand instanceof Collection<?> list) {
            if (!list.stream().allMatch(IdConditionReader::isPlain)) {
                return false;
            }
            limitTo(new ArrayList<>(list));
            return true;
        }
        if (operand == null || !isPlain(operand)) {
            return false;
        }
        switch (operator) {
            case "$eq" -> limitTo(List.of(operand));
            case "$gt" -> raiseLow(new Bound(operand, false));
            case "$gte" -> raiseLow(new Bound(operand, true));
            case "$lt" -> lowerHigh(new Bound(operand, false));
            case "$lte" -> lowerHigh(new Bound(operand, true));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void limitTo(List<Object> allowed) {
        if (values == null) {
            values = allowed;
        } else {
            Set<Object> both = new TreeSet<>(IdOrder.INSTANCE);
            both.addAll(allowed);
            values = values.stream().filter(both::contains).toList();
        }
    }

    private void raiseLow(Bound bound) {
        int order = low == null ? 1 : IdOrder.INSTANCE.compare(bound.value(), low.value());
        if (order > 0 || (order == 0 && !bound.inclusive())) {
            low = bound;
        }
    }

    private void lowerHigh(Bound bound) {
        int order = high == null ? -1 : IdOrder.INSTANCE.compare(bound.value(), high.value());
        if (order < 0 || (order == 0 && !bound.inclusive())) {
            high = bound;
        }
    }

    private static boolean isPlain(@Nullable Object value) {
        return value instanceof String
                || value instanceof Number
                || value instanceof ObjectId
                || value instanceof UUID
                || value instanceof LegacyUUID
                || value instanceof BinData
                || value instanceof Instant
                || value instanceof Boolean;
    }

    /** Says that nothing is left of a condition. */
    private enum Consumed {
        ALL
    }
}
