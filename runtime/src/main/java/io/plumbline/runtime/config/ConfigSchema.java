package io.plumbline.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The JSON Schema of the configuration file, which editors use too. Nothing is ever fetched for it. */
public final class ConfigSchema {

    /** The schema's name on the class path. */
    public static final String RESOURCE = "/plumbline.schema.json";

    private final SchemaNode root;
    private final JsonSchema validator;

    ConfigSchema() {
        JsonNode schema = read();
        root = SchemaNode.of(schema);
        validator = JsonSchemaFactory.getInstance(
                        SpecVersion.VersionFlag.V202012,
                        factory -> factory.schemaLoaders(loaders -> loaders.values(List::clear)))
                .getSchema(schema);
    }

    SchemaNode root() {
        return root;
    }

    /** What is wrong with the file's form, each with its path and what would be right. */
    List<String> errors(JsonNode tree) {
        SchemaErrorText text = new SchemaErrorText(root, tree);
        return validator.validate(tree).stream()
                .filter(ConfigSchema::speaksForItself)
                .map(text::of)
                .distinct()
                .toList();
    }

    /** Not one that merely sums up others. */
    private static boolean speaksForItself(ValidationMessage message) {
        return !"propertyNames".equals(message.getType()) || message.getProperty() != null;
    }

    private static JsonNode read() {
        try (InputStream in = ConfigSchema.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            return new JsonMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }
}
