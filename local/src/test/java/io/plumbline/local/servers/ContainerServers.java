package io.plumbline.local.servers;

import com.github.dockerjava.api.DockerClient;
import io.plumbline.local.LocalSystem;
import io.plumbline.local.exchange.SimulatedMarket;
import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.topics.config.PlumblineConfig;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** Servers in containers, in the versions that {@code compose} deploys. */
final class ContainerServers implements Servers {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerServers.class);
    private static final int MONGO = 27017;
    private static final int REDIS = 6379;

    private final Map<Server, GenericContainer<?>> running = new EnumMap<>(Server.class);

    @Override
    public LocalSystem start(String config, @Nullable SimulatedMarket market) {
        PlumblineConfig declared = ConfigFile.parse(config, Map.of());
        ImageVersions versions = new ImageVersions();
        KafkaContainer kafka = add(Server.KAFKA, new KafkaContainer(versions.image("apache/kafka", "KAFKA_VERSION")));
        PostgreSQLContainer postgres = declared.hasPostgres()
                ? add(
                        Server.POSTGRES,
                        new PostgreSQLContainer(versions.image("postgres", "POSTGRES_VERSION"))
                                .withCommand("postgres", "-c", "wal_level=logical", "-c", "max_connections=200"))
                : null;
        GenericContainer<?> mongo = declared.hasMongo()
                ? add(
                        Server.MONGO,
                        new GenericContainer<>(versions.image("mongo", "MONGO_VERSION")).withExposedPorts(MONGO))
                : null;
        GenericContainer<?> redis = declared.redis() != null
                ? add(
                        Server.REDIS,
                        new GenericContainer<>(versions.image("redis", "REDIS_VERSION")).withExposedPorts(REDIS))
                : null;
        Startables.deepStart(running.values()).join();
        Map<String, String> addresses = new HashMap<>();
        addresses.put("PLUMBLINE_KAFKA_BOOTSTRAP_SERVERS", kafka.getBootstrapServers());
        addresses.put("PLUMBLINE_KAFKA_REPLICATION_FACTOR", "1");
        if (postgres != null) {
            addresses.put(
                    "PLUMBLINE_POSTGRES_URL",
                    postgres.withUrlParam("socketTimeout", Long.toString(SILENCE.toSeconds()))
                            .getJdbcUrl());
            addresses.put("PLUMBLINE_POSTGRES_USER", postgres.getUsername());
            addresses.put("PLUMBLINE_POSTGRES_PASSWORD", postgres.getPassword());
        }
        if (mongo != null) {
            addresses.put(
                    "PLUMBLINE_MONGO_URL",
                    "mongodb://%s/?socketTimeoutMS=%d".formatted(address(mongo, MONGO), SILENCE.toMillis()));
        }
        String addressed = redis == null
                ? config
                : config.replace("nodes: [\"replaced:1\"]", "nodes: [\"" + address(redis, REDIS) + "\"]");
        LOG.info(
                "the servers run in containers: {}",
                running.values().stream()
                        .map(GenericContainer::getDockerImageName)
                        .toList());
        return LocalSystem.on(ConfigFile.parse(addressed, addresses), market);
    }

    /** Its processes are frozen: connections stay, and nothing answers. A restart would give it another port. */
    @Override
    public Outage takeAway(Server server) {
        GenericContainer<?> container = running.get(server);
        if (container == null) {
            throw new IllegalStateException("there is no " + server + " here: the configuration has none");
        }
        String id = container.getContainerId();
        DockerClient engine = container.getDockerClient();
        engine.pauseContainerCmd(id).exec();
        return new Outage(server, () -> engine.unpauseContainerCmd(id).exec());
    }

    @Override
    public boolean recordWrites() {
        return false;
    }

    private <C extends GenericContainer<?>> C add(Server server, C container) {
        running.put(server, container);
        return container;
    }

    private static String address(GenericContainer<?> container, int port) {
        return container.getHost() + ":" + container.getMappedPort(port);
    }

    @Override
    public void close() {
        running.values().forEach(GenericContainer::stop);
        running.clear();
    }
}
