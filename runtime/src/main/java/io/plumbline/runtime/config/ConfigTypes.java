package io.plumbline.runtime.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.plumbline.topics.config.PlumblineConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/** Turns the completed tree into the typed configuration: kebab-case keys, durations and words as people write them. */
final class ConfigTypes {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .addModule(new SimpleModule()
                    .addDeserializer(Duration.class, new DurationReader())
                    .setDeserializerModifier(new WordsAsEnums()))
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

    private static final class WordsAsEnums extends BeanDeserializerModifier {

        private static final long serialVersionUID = 1;

        @Override
        public JsonDeserializer<?> modifyEnumDeserializer(
                DeserializationConfig config, JavaType type, BeanDescription bean, JsonDeserializer<?> standard) {
            return new JsonDeserializer<Object>() {
                @Override
                public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
                    String constant = parser.getText().toUpperCase(Locale.ROOT).replace('-', '_');
                    for (Object one : type.getRawClass().getEnumConstants()) {
                        if (((Enum<?>) one).name().equals(constant)) {
                            return one;
                        }
                    }
                    throw context.weirdStringException(constant, type.getRawClass(), "no such word");
                }
            };
        }
    }
}
