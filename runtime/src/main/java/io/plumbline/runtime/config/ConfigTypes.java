package io.plumbline.runtime.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.plumbline.topics.config.PlumblineConfig;
import java.io.IOException;
import java.time.Duration;

/** Turns the completed tree into the typed configuration: kebab-case keys, durations and words as people write them. */
final class ConfigTypes {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .enumNamingStrategy(EnumNamingStrategies.KEBAB_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .addModule(new SimpleModule().addDeserializer(Duration.class, new DurationReader()))
            .build();

    private ConfigTypes() {}

    static PlumblineConfig read(JsonNode tree) {
        try {
            return MAPPER.treeToValue(tree, PlumblineConfig.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the schema allows what the configuration's types do not: " + e, e);
        }
    }

    private static final class DurationReader extends JsonDeserializer<Duration> {

        @Override
        public Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return DurationText.parse(parser.getText());
        }
    }
}
