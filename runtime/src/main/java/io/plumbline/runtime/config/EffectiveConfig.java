package io.plumbline.runtime.config;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.plumbline.topics.config.PlumblineConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The configuration that an app runs with, as YAML to be printed: every default filled in, secrets masked. */
public final class EffectiveConfig {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .enumNamingStrategy(EnumNamingStrategies.KEBAB_CASE)
            .addModule(new SimpleModule().addSerializer(Duration.class, new DurationWriter()))
            .build();

    private EffectiveConfig() {}

    public static String text(PlumblineConfig config) {
        JsonNode tree = YAML.valueToTree(config);
        mask(ConfigNode.of(tree));
        try {
            return YAML.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the configuration cannot be written as YAML", e);
        }
    }

    /** Masks secrets, and leaves out what is not given. */
    private static void mask(ConfigNode node) {
        node.items().forEach(EffectiveConfig::mask);
        if (!(node.json() instanceof ObjectNode object)) {
            return;
        }
        for (String key : List.copyOf(node.entries().keySet())) {
            ConfigNode child = node.at(key);
            if (!child.isGiven()) {
                object.remove(key);
            } else if (child.json().isContainerNode()) {
                mask(child);
            } else {
                child.text().ifPresent(text -> object.put(key, Secrets.masked(child.path(), text)));
            }
        }
    }

    private static final class DurationWriter extends JsonSerializer<Duration> {

        @Override
        public void serialize(Duration value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(DurationText.of(value));
        }
    }
}
