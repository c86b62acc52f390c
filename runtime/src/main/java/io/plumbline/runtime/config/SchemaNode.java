package io.plumbline.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A place in the configuration's JSON Schema; local references are followed, keywords beside a reference win. */
record SchemaNode(JsonNode root, JsonNode node) {

    static SchemaNode of(JsonNode root) {
        return new SchemaNode(root, root);
    }

    /** The value of a keyword, here or where the reference leads; {@code null} where there is none. */
    @Nullable
    JsonNode keyword(String name) {
        if (node.has(name)) {
            return node.get(name);
        }
        return node.has("$ref") ? referred().keyword(name) : null;
    }

    String description() {
        JsonNode text = keyword("description");
        return text == null ? "" : text.asText();
    }

    /** The schema of a property; {@code null} where the schema does not know it. */
    @Nullable
    SchemaNode property(String name) {
        JsonNode properties = keyword("properties");
        if (properties != null && properties.has(name)) {
            return new SchemaNode(root, properties.get(name));
        }
        JsonNode others = keyword("additionalProperties");
        return others != null && others.isObject() ? new SchemaNode(root, others) : null;
    }

    @Nullable
    SchemaNode items() {
        JsonNode items = keyword("items");
        return items == null ? null : new SchemaNode(root, items);
    }

    /** The properties that it names, in their order. */
    Map<String, SchemaNode> properties() {
        Map<String, SchemaNode> named = new LinkedHashMap<>();
        JsonNode properties = keyword("properties");
        if (properties != null) {
            properties.properties().forEach(p -> named.put(p.getKey(), new SchemaNode(root, p.getValue())));
        }
        return named;
    }

    /** Whether values of this JSON type are allowed. */
    boolean allows(String type) {
        JsonNode types = keyword("type");
        if (types == null) {
            return false;
        }
        if (!types.isArray()) {
            return types.asText().equals(type);
        }
        for (JsonNode one : types) {
            if (one.asText().equals(type)) {
                return true;
            }
        }
        return false;
    }

    private SchemaNode referred() {
        String pointer = node.get("$ref").asText().substring(1);
        return new SchemaNode(root, root.at(pointer));
    }
}
