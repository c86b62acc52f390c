package io.plumbline.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what a validator's message means to who wrote the file: where, what is wrong, what would be right. */
final class SchemaErrorText {

    private final SchemaNode schema;
    private final JsonNode tree;

    SchemaErrorText(SchemaNode schema, JsonNode tree) {
        this.schema = schema;
        this.tree = tree;
    }

    String of(ValidationMessage message) {
        List<Object> steps = steps(message.getInstanceLocation());
        SchemaNode place = schemaAt(steps);
        String path = path(steps);
        String property = message.getProperty();
        return switch (message.getType()) {
            case "required" ->
                path(with(steps, property)) + ": is missing; " + rightFor(place, property) + " is needed";
            case "additionalProperties" -> path(with(steps, property)) + ": no such key; " + knownKeys(place, property);
            case "propertyNames" -> path + ": '" + property + "' cannot be a name; right is " + nameDescription(place);
            default ->
                path + ": " + shown(steps) + " is not right; right is "
                        + (place == null ? message.getMessage() : place.description());
        };
    }

    private static String rightFor(@Nullable SchemaNode place, String property) {
        SchemaNode wanted = place == null ? null : place.property(property);
        return wanted == null ? property : wanted.description();
    }

    private static String knownKeys(@Nullable SchemaNode place, String wrong) {
        if (place == null) {
            return "remove it";
        }
        List<String> known = List.copyOf(place.properties().keySet());
        String nearest = known.stream()
                .min(Comparator.comparingInt(key -> distance(key, wrong)))
                .filter(key -> distance(key, wrong) <= 3)
                .map(key -> "did you mean '" + key + "'? ")
                .orElse("");
        return nearest + "Right are " + String.join(", ", known);
    }

    private static String nameDescription(@Nullable SchemaNode place) {
        JsonNode names = place == null ? null : place.keyword("propertyNames");
        return names == null || place == null ? "another" : new SchemaNode(place.root(), names).description();
    }

    /** The value in question, shortened; not where it may be a secret. */
    private String shown(List<Object> steps) {
        JsonNode value = tree;
        for (Object step : steps) {
            value = step instanceof Integer index ? value.path(index) : value.path(String.valueOf(step));
        }
        if (Secrets.isSecret(path(steps))) {
            return "the value";
        }
        if (value.isContainerNode()) {
            return value.isArray() ? "a list of " + value.size() : "a map";
        }
        String text = value.isTextual()
                ? JsonNodeFactory.instance
                        .textNode(Secrets.masked(path(steps), value.textValue()))
                        .toString()
                : value.toString();
        return text.length() > 80 ? text.substring(0, 77) + "..." : text;
    }

    private @Nullable SchemaNode schemaAt(List<Object> steps) {
        SchemaNode place = schema;
        for (Object step : steps) {
            place = place == null
                    ? null
                    : step instanceof Integer ? place.items() : place.property(String.valueOf(step));
        }
        return place;
    }

    private static List<Object> steps(JsonNodePath location) {
        List<Object> steps = new ArrayList<>();
        for (int i = 0; i < location.getNameCount(); i++) {
            steps.add(location.getElement(i));
        }
        return steps;
    }

    private static List<Object> with(List<Object> steps, @Nullable String last) {
        List<Object> all = new ArrayList<>(steps);
        all.add(String.valueOf(last));
        return all;
    }

    private static String path(List<Object> steps) {
        if (steps.isEmpty()) {
            return "the file";
        }
        return steps.stream()
                .map(step -> step instanceof Integer ? "[" + step + "]" : "." + step)
                .collect(Collectors.joining())
                .substring(1);
    }

    /** The Levenshtein distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
