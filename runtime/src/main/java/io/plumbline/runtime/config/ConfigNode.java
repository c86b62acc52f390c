package io.plumbline.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A place in the configuration's tree with its path. What is not there, or of another form, reads as nothing. */
record ConfigNode(String path, JsonNode json) {

    static ConfigNode of(JsonNode root) {
        return new ConfigNode("", root);
    }

    ConfigNode at(String key) {
        JsonNode child = json.isObject() && json.has(key) ? json.get(key) : MissingNode.getInstance();
        return new ConfigNode(path.isEmpty() ? key : path + "." + key, child);
    }

    /** Whether it is there and not null. */
    boolean isGiven() {
        return !json.isMissingNode() && !json.isNull();
    }

    boolean has(String key) {
        return at(key).isGiven();
    }

    Optional<String> text() {
        return json.isTextual() ? Optional.of(json.asText()) : Optional.empty();
    }

    Optional<String> text(String key) {
        return at(key).text();
    }

    boolean isTrue(String key) {
        return at(key).json().asBoolean(false);
    }

    /** The items of a list. */
    List<ConfigNode> items() {
        List<ConfigNode> items = new ArrayList<>();
        if (json.isArray()) {
            for (int i = 0; i < json.size(); i++) {
                items.add(new ConfigNode(path + "[" + i + "]", json.get(i)));
            }
        }
        return items;
    }

    /** The entries of a map. */
    Map<String, ConfigNode> entries() {
        Map<String, ConfigNode> entries = new LinkedHashMap<>();
        if (json.isObject()) {
            json.fieldNames().forEachRemaining(name -> entries.put(name, at(name)));
        }
        return entries;
    }
}
