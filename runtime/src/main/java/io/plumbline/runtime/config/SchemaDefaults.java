package io.plumbline.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Puts the schema's defaults where the file says nothing. */
final class SchemaDefaults {

    private SchemaDefaults() {}

    static void fill(JsonNode value, SchemaNode schema) {
        if (value instanceof ObjectNode object) {
            fillProperties(object, schema);
            object.properties().forEach(entry -> {
                SchemaNode property = schema.property(entry.getKey());
                if (property != null) {
                    fill(entry.getValue(), property);
                }
            });
        }
        SchemaNode items = schema.items();
        if (value.isArray() && items != null) {
            value.forEach(item -> fill(item, items));
        }
    }

    private static void fillProperties(ObjectNode object, SchemaNode schema) {
        schema.properties().forEach((name, property) -> {
            JsonNode preset = property.keyword("default");
            if (preset != null && !object.has(name)) {
                object.set(name, preset.deepCopy());
            }
        });
    }
}
