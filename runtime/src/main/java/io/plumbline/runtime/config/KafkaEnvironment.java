package io.plumbline.runtime.config;

import java.util.Map;
import java.util.TreeMap;

/** What the environment says about Kafka to a client that reads no configuration file: the same names as to an app. */
public final class KafkaEnvironment {

    private KafkaEnvironment() {}

    /**
     * The properties that variables such as {@code PLUMBLINE_KAFKA_PROPERTIES_SASL_MECHANISM} set, as Kafka names them.
     * Throws {@link ConfigException} with all that is wrong with them.
     */
    public static Map<String, String> properties(Map<String, String> environment) {
        ConfigErrors errors = new ConfigErrors();
        Map<String, String> properties = new TreeMap<>();
        new EnvironmentValues(environment, errors).forEachKafkaProperty(properties::put);
        errors.throwIfAny();
        return properties;
    }
}
