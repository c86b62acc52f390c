package io.plumbline.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Lets the environment win over the file.
 *
 * <p>The variable of a key is {@code PLUMBLINE_} and its path in capitals, with {@code _} for {@code .} and {@code -}:
 * {@code PLUMBLINE_POSTGRES_PASSWORD}, {@code PLUMBLINE_SCHEDULES_CLIENTS_HOURLY_ENABLED}. With {@code _FILE} appended
 * the value is what the named file holds. Lists are separated by commas. {@code PLUMBLINE_KAFKA_PROPERTIES_SASL_MECHANISM}
 * sets the Kafka property {@code sasl.mechanism}. A variable of this form that names no key is an error.
 */
final class EnvironmentOverrides {

    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");

    private final EnvironmentValues environment;
    private final ConfigErrors errors;

    EnvironmentOverrides(Map<String, String> environment, ConfigErrors errors) {
        this.environment = new EnvironmentValues(environment, errors);
        this.errors = errors;
    }

    /** Changes the tree in place. */
    void apply(ObjectNode root, SchemaNode schema) {
        override("PLUMBLINE", root, schema);
        environment.forEachKafkaProperty((property, text) ->
                section(section(root, "kafka"), "properties").put(property, text));
        List<String> sections = schema.properties().keySet().stream()
                .map(key -> "PLUMBLINE_" + variable(key) + "_")
                .toList();
        environment.unused().stream()
                .filter(name -> sections.stream().anyMatch(name::startsWith))
                .forEach(
                        name -> errors.add(
                                "environment " + name,
                                "no key of the configuration has this name; right is PLUMBLINE_ and the key's path, such as PLUMBLINE_KAFKA_BOOTSTRAP_SERVERS"));
    }

    private void override(String prefix, ObjectNode object, SchemaNode schema) {
        children(object, schema).forEach((key, child) -> {
            String name = prefix + "_" + variable(key);
            if (child.allows("object")) {
                ObjectNode inner = object.get(key) instanceof ObjectNode present ? present : object.objectNode();
                override(name, inner, child);
                if (!inner.isEmpty() && !object.has(key)) {
                    object.set(key, inner);
                }
            } else {
                environment.value(name).ifPresent(text -> object.set(key, json(text, child)));
            }
        });
    }

    private static Map<String, SchemaNode> children(ObjectNode object, SchemaNode schema) {
        Map<String, SchemaNode> children = new LinkedHashMap<>(schema.properties());
        // PLUMBLINE_POSTGRES_PASSWORD_FILE is password's variable already.
        children.keySet().removeIf(key -> key.endsWith("-file"));
        object.fieldNames().forEachRemaining(key -> {
            SchemaNode child = schema.property(key);
            if (child != null && !key.endsWith("-file")) {
                children.put(key, child);
            }
        });
        return children;
    }

    private static ObjectNode section(ObjectNode parent, String key) {
        return parent.get(key) instanceof ObjectNode present ? present : parent.putObject(key);
    }

    private static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    }

    /** The text as the JSON type that the schema asks for; as text where it cannot be one, for the schema to refuse. */
    private static JsonNode json(String text, SchemaNode schema) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (schema.allows("array")) {
            ArrayNode items = json.arrayNode();
            text.lines()
                    .flatMap(line -> Pattern.compile(",").splitAsStream(line))
                    .map(String::strip)
                    .forEach(items::add);
            return items;
        }
        if (schema.allows("boolean") && (text.equals("true") || text.equals("false"))) {
            return BooleanNode.valueOf(text.equals("true"));
        }
        JsonNode number = number(text, schema);
        return number.isMissingNode() ? TextNode.valueOf(text) : number;
    }

    private static JsonNode number(String text, SchemaNode schema) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if ((schema.allows("integer") || schema.allows("number"))
                && INTEGER.matcher(text).matches()) {
            return json.numberNode(Long.parseLong(text));
        }
        if (schema.allows("number")) {
            try {
                return json.numberNode(new BigDecimal(text));
            } catch (NumberFormatException e) {
                return MissingNode.getInstance();
            }
        }
        return MissingNode.getInstance();
    }
}
