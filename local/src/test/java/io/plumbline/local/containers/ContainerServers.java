package io.plumbline.local.containers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.local.LocalSystem;
import io.plumbline.local.exchange.SimulatedMarket;
import io.plumbline.local.system.Servers;
import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.topics.config.PlumblineConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** Servers in containers, as many as a configuration speaks of; a test class's are its own, and end with it. */
final class ContainerServers implements Servers, BeforeAllCallback, AfterAllCallback {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerServers.class);
    private static final int MONGO = 27017;
    private static final int REDIS = 6379;

    private final List<GenericContainer<?>> running = new ArrayList<>();

    @Override
    public void beforeAll(ExtensionContext context) {
        assumeTrue(
                DockerClientFactory.instance().isDockerAvailable(),
                "no container engine is there: this ran on embedded parts only");
    }

    @Override
    public LocalSystem start(String config, @Nullable SimulatedMarket market) {
        PlumblineConfig declared = ConfigFile.parse(config, Map.of());
        ImageVersions versions = new ImageVersions();
        KafkaContainer kafka = add(new KafkaContainer(versions.image("apache/kafka", "KAFKA_VERSION")));
        PostgreSQLContainer postgres = declared.hasPostgres()
                ? add(new PostgreSQLContainer(versions.image("postgres", "POSTGRES_VERSION"))
                        .withCommand("postgres", "-c", "wal_level=logical", "-c", "max_connections=200"))
                : null;
        GenericContainer<?> mongo = declared.hasMongo()
                ? add(new GenericContainer<>(versions.image("mongo", "MONGO_VERSION")).withExposedPorts(MONGO))
                : null;
        GenericContainer<?> redis = declared.redis() != null
                ? add(new GenericContainer<>(versions.image("redis", "REDIS_VERSION")).withExposedPorts(REDIS))
                : null;
        Startables.deepStart(running).join();
        Map<String, String> addresses = new HashMap<>();
        addresses.put("PLUMBLINE_KAFKA_BOOTSTRAP_SERVERS", kafka.getBootstrapServers());
        addresses.put("PLUMBLINE_KAFKA_REPLICATION_FACTOR", "1");
        if (postgres != null) {
            addresses.put("PLUMBLINE_POSTGRES_URL", postgres.getJdbcUrl());
            addresses.put("PLUMBLINE_POSTGRES_USER", postgres.getUsername());
            addresses.put("PLUMBLINE_POSTGRES_PASSWORD", postgres.getPassword());
        }
        if (mongo != null) {
            addresses.put("PLUMBLINE_MONGO_URL", "mongodb://" + address(mongo, MONGO));
        }
        String addressed = redis == null
                ? config
                : config.replace("nodes: [\"replaced:1\"]", "nodes: [\"" + address(redis, REDIS) + "\"]");
        LOG.info(
                "the servers run in containers: {}",
                running.stream().map(GenericContainer::getDockerImageName).toList());
        return LocalSystem.on(ConfigFile.parse(addressed, addresses), market);
    }

    private <C extends GenericContainer<?>> C add(C container) {
        running.add(container);
        return container;
    }

    private static String address(GenericContainer<?> container, int port) {
        return container.getHost() + ":" + container.getMappedPort(port);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        running.forEach(GenericContainer::stop);
        running.clear();
    }
}
