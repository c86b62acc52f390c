package io.plumbline.cli;

import io.plumbline.runtime.KafkaClients;
import io.plumbline.runtime.config.ConfigException;
import io.plumbline.runtime.config.KafkaEnvironment;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.KafkaConfig;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options that say which cluster. The environment says it too, in the names that the apps know; an option wins over it.
 */
final class ClusterOptions {

    @Option(
            names = "--bootstrap-server",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:PLUMBLINE_KAFKA_BOOTSTRAP_SERVERS:-localhost:9092}",
            description = "Some brokers of the cluster, separated by commas (default: ${DEFAULT-VALUE}).")
    private String bootstrapServer = "localhost:9092";

    @Option(
            names = "--client-properties",
            paramLabel = "FILE",
            description = {
                "A file of Kafka client properties, such as a secured cluster asks for.",
                "PLUMBLINE_KAFKA_PROPERTIES_SASL_MECHANISM and the like set single ones, as for the apps."
            })
    private @Nullable Path clientProperties;

    @Option(
            names = "--topic-prefix",
            paramLabel = "PREFIX",
            defaultValue = "${env:PLUMBLINE_KAFKA_TOPIC_PREFIX:-}",
            description = "The prefix of Plumbline's topics (default: none).")
    private String topicPrefix = "";

    Cluster open() {
        KafkaConfig config = config(System.getenv());
        KafkaClients clients = new KafkaClients(config);
        return new Cluster(bootstrapServer, new Topics(topicPrefix, 1), clients::openReader, clients::openProducer);
    }

    KafkaConfig config(Map<String, String> environment) {
        return new KafkaConfig(bootstrapServer, topicPrefix, 1, (short) -1, null, properties(environment));
    }

    private Map<String, String> properties(Map<String, String> environment) {
        Map<String, String> properties = new HashMap<>();
        String patience = Long.toString(Cluster.PATIENCE.toMillis());
        properties.put("default.api.timeout.ms", patience);
        properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, "5000");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, patience);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, patience);
        try {
            properties.putAll(KafkaEnvironment.properties(environment));
        } catch (ConfigException e) {
            throw new CliException(ExitCodes.USAGE, String.join("\n  ", e.errors()));
        }
        if (clientProperties != null) {
            Properties read = new Properties();
            try (Reader reader = Files.newBufferedReader(clientProperties)) {
                read.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new CliException(
                        ExitCodes.USAGE, "cannot read --client-properties %s: %s".formatted(clientProperties, e));
            }
            read.stringPropertyNames().forEach(name -> properties.put(name, read.getProperty(name)));
        }
        return properties;
    }
}
