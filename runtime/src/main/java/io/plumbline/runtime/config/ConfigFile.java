package io.plumbline.runtime.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.plumbline.topics.config.PlumblineConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Reads the configuration file. Precedence: the environment over the file, the file over the defaults.
 *
 * <ol>
 *   <li>read the YAML;
 *   <li>add the jobs and schedules that each dataset and each exchange brings;
 *   <li>let the environment override, and read the secrets that stand in files;
 *   <li>check the form against the JSON Schema, and fill in its defaults;
 *   <li>check what a schema cannot: references, one of two, time zones, patterns;
 *   <li>tell all errors at once, or give the typed configuration.
 * </ol>
 */
public final class ConfigFile {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private ConfigFile() {}

    /** Reads, checks and completes a file; throws {@link ConfigException} with all its errors. */
    public static PlumblineConfig load(Path file, Map<String, String> environment) {
        try {
            return parse(Files.readString(file), environment);
        } catch (IOException e) {
            throw new ConfigException(List.of("cannot read " + file.toAbsolutePath() + " ("
                    + e.getClass().getSimpleName() + "); right is a YAML file that this process may read"));
        }
    }

    /** The same for a file's text. */
    public static PlumblineConfig parse(String yaml, Map<String, String> environment) {
        ObjectNode tree = read(yaml);
        ConfigErrors errors = new ConfigErrors();
        ConfigSchema schema = new ConfigSchema();
        DerivedEntries.addTo(tree);
        new EnvironmentOverrides(environment, errors).apply(tree, schema.root());
        SecretFiles.resolve(tree, errors);
        errors.addAll(schema.errors(tree));
        SchemaDefaults.fill(tree, schema.root());
        new ConfigChecks(errors).check(ConfigNode.of(tree));
        errors.throwIfAny();
        return ConfigTypes.read(tree);
    }

    private static ObjectNode read(String yaml) {
        try {
            JsonNode tree = YAML.readTree(yaml);
            if (tree instanceof ObjectNode object) {
                return object;
            }
            throw new ConfigException(
                    List.of("the file: is not a map; right is one with kafka, and datasets or exchanges"));
        } catch (JsonProcessingException e) {
            throw new ConfigException(List.of("the file: line %d, column %d: %s; right is YAML"
                    .formatted(
                            e.getLocation().getLineNr(),
                            e.getLocation().getColumnNr(),
                            firstLine(e.getOriginalMessage()))));
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
