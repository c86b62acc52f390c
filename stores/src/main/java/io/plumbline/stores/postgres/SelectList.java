package io.plumbline.stores.postgres;

import com.fasterxml.jackson.core.JsonPointer;
import io.plumbline.stores.mapping.DatasetMapping;
import io.plumbline.stores.mapping.FieldMapping;
import io.plumbline.stores.mapping.KeyPart;
import io.plumbline.stores.mapping.SourceColumn;
import io.plumbline.stores.mapping.SourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is selected of a source row, and at which position: the key parts; the texts from which they are checked; the
 * order value; the row's name where it has no key; each distinct expression that fields need.
 */
final class SelectList {

    static final int NONE = -1;

    private final List<String> expressions = new ArrayList<>();
    private final List<KeySql> key;
    private final int[] checks;
    private final int[] fields;
    private final int order;
    private final int name;
    private final SourceType orderType;

    SelectList(DatasetMapping mapping) {
        key = mapping.key().stream().map(KeySql::new).toList();
        key.forEach(part -> expressions.add(part.selected()));
        checks = new int[key.size()];
        for (int i = 0; i < checks.length; i++) {
            String checked = key.get(i).checked();
            checks[i] = checked == null ? NONE : add("(" + checked + ")::text");
        }
        SourceType type = orderType(mapping);
        orderType = type == null ? SourceType.TEXT : type;
        String ordered = mapping.config().source().order();
        order = ordered == null ? NONE : add("s." + QuotedName.of(ordered) + "::" + orderType.wire());
        name = alwaysHasKey(mapping) ? NONE : add(name(mapping));
        fields = mapping.fields().stream()
                .mapToInt(field -> add(expression(field)))
                .toArray();
    }

    private static @Nullable SourceType orderType(DatasetMapping mapping) {
        String order = mapping.config().source().order();
        return order == null
                ? null
                : Objects.requireNonNull(mapping.columns().get(order)).type();
    }

    private int add(String expression) {
        int known = expressions.indexOf(expression);
        if (known >= 0) {
            return known;
        }
        expressions.add(expression);
        return expressions.size() - 1;
    }

    private static boolean alwaysHasKey(DatasetMapping mapping) {
        List<String> primaryKey = mapping.config().source().primaryKey();
        return mapping.key().stream()
                .allMatch(part -> part.plain()
                        && !part.column().isText()
                        && primaryKey.contains(part.column().name()));
    }

    private String name(DatasetMapping mapping) {
        String none = key.stream()
                .map(part -> part.part().isNumber()
                        ? part.canonical() + " IS NULL"
                        : "coalesce((" + part.canonical() + ")::text, '') = ''")
                .collect(Collectors.joining(" OR "));
        String primaryKey = mapping.config().source().primaryKey().stream()
                .map(column -> "s." + QuotedName.of(column))
                .collect(Collectors.joining(", "));
        return "CASE WHEN " + none + " THEN concat_ws('/', " + primaryKey + ") END";
    }

    private static String expression(FieldMapping field) {
        SourceColumn column = field.column();
        String name = "s." + QuotedName.of(column.name());
        String path = field.config().path();
        if (path != null && column.type() == SourceType.JSON) {
            return "(" + name + " #> " + Sql.array(segments(JsonPointer.compile(path)), "text") + ")::text";
        }
        SourceType wire = field.wire();
        return wire == SourceType.ARRAY ? "to_jsonb(" + name + ")::text" : name + "::" + wire.wire();
    }

    private static List<String> segments(JsonPointer pointer) {
        List<String> segments = new ArrayList<>();
        for (JsonPointer at = pointer; !at.matches(); at = at.tail()) {
            segments.add(at.getMatchingProperty());
        }
        return segments;
    }

    List<String> expressions() {
        return expressions;
    }

    List<KeySql> key() {
        return key;
    }

    KeyPart keyPart(int part) {
        return key.get(part).part();
    }

    /** Where the text stands from which a key part is made again in Java. */
    int check(int part) {
        return checks[part];
    }

    int field(int field) {
        return fields[field];
    }

    int order() {
        return order;
    }

    SourceType orderType() {
        return orderType;
    }

    int name() {
        return name;
    }

    /** Where the pending outbox rows stand, if they were asked for. */
    int pending() {
        return expressions.size();
    }
}
