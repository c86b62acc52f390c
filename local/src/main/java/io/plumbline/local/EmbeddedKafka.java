package io.plumbline.local;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.common.Feature;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka broker and controller (KRaft) in this JVM, on the loopback address. It can be stopped and started again on the
 * same port with the same data, as a broker that was restarted.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedKafka.class);
    private static final String BROKER = "BROKER";
    private static final String CONTROLLER = "CONTROLLER";
    private static final int NODE = 1;

    /**
     * There is nobody to hand leadership to when it ends, and commits of that moment would be left open (docs/faults.md).
     * Whoever starts again without having handed over waits until the session of before is over.
     */
    private static final Map<String, String> ALONE = Map.of(
            "controlled.shutdown.enable", "false",
            "broker.session.timeout.ms", "5000",
            "broker.heartbeat.interval.ms", "1000");

    private final DataDirectory directory;
    private final BrokerSecurity security;
    private int brokerPort;
    private int controllerPort;
    private @Nullable Node node;

    private EmbeddedKafka(DataDirectory directory, int port, BrokerSecurity security) {
        this.directory = directory;
        this.brokerPort = port;
        this.security = security;
    }

    /** A broker with a temporary directory on a port of its choice. */
    public static EmbeddedKafka start() {
        return start(null, 0);
    }

    /**
     * @param data where it keeps its logs over restarts; {@code null} for a temporary directory
     * @param port the port that clients connect to; 0 for any
     */
    public static EmbeddedKafka start(@Nullable Path data, int port) {
        return start(data, port, BrokerSecurity.none());
    }

    /** The same with a say in who is let in. */
    public static EmbeddedKafka start(@Nullable Path data, int port, BrokerSecurity security) {
        Exit.setExitProcedure(EmbeddedKafka::refuseExit);
        Exit.setHaltProcedure(EmbeddedKafka::refuseExit);
        EmbeddedKafka kafka = new EmbeddedKafka(DataDirectory.of(data, "kafka"), port, security);
        kafka.restart();
        return kafka;
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + brokerPort;
    }

    public int port() {
        return brokerPort;
    }

    /** Starts it again after {@link #stop()}, on the same port. Does nothing while it runs. */
    public synchronized void restart() {
        if (node != null) {
            return;
        }
        try (BoundSockets sockets = new BoundSockets()) {
            controllerPort = sockets.bind(CONTROLLER, controllerPort);
            brokerPort = sockets.bind(BROKER, brokerPort);
            format();
            node = Node.start(new KafkaConfig(properties(), false), sockets);
        } catch (IOException e) {
            throw new IllegalStateException("Kafka cannot be started in " + directory.path(), e);
        }
    }

    /** Stops it and keeps its data. */
    public synchronized void stop() {
        if (node != null) {
            node.stop();
            node = null;
        }
    }

    @Override
    public void close() {
        stop();
        directory.close();
    }

    private void format() throws IOException {
        if (Files.exists(directory.path().resolve("meta.properties"))) {
            return;
        }
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(NODE)
                    .setControllerListenerName(CONTROLLER)
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setMetadataLogDirectory(directory.path().toString())
                    .setScramArguments(security.scramArguments())
                    .addDirectory(directory.path().toString())
                    .run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("cannot format", e);
        }
    }

    private Properties properties() {
        String broker = BROKER + "://127.0.0.1:" + brokerPort;
        String controller = CONTROLLER + "://127.0.0.1:" + controllerPort;
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                Integer.toString(NODE),
                "listeners",
                broker + "," + controller,
                "advertised.listeners",
                broker,
                "listener.security.protocol.map",
                BROKER + ":" + security.protocol() + "," + CONTROLLER + ":PLAINTEXT",
                "controller.listener.names",
                CONTROLLER,
                "inter.broker.listener.name",
                BROKER,
                "controller.quorum.voters",
                NODE + "@127.0.0.1:" + controllerPort,
                "log.dirs",
                directory.path().toString()));
        properties.putAll(Map.of(
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "4",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "4",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "group.initial.rebalance.delay.ms", "0",
                "log.cleaner.dedupe.buffer.size", "2097152",
                // A topic that nobody declared is a mistake that should be seen.
                "auto.create.topics.enable", "false"));
        properties.putAll(ALONE);
        properties.putAll(security.settings());
        return properties;
    }

    /** A fault in the broker stops the broker, not the JVM that it lives in. */
    private static void refuseExit(int status, @Nullable String message) {
        log.error("the embedded broker wanted to end the process with status {}: {}", status, message);
        throw new IllegalStateException("the embedded broker has failed: " + message);
    }

    /** The parts of a running node. They cannot be started twice, so that each start makes new ones. */
    private record Node(BrokerServer broker, ControllerServer controller) {

        static Node start(KafkaConfig config, BoundSockets sockets) {
            var directories = KafkaRaftServer.initializeLogDirs(config, log, "");
            SharedServer shared = new SharedServer(
                    config,
                    directories._1(),
                    Time.SYSTEM,
                    new Metrics(),
                    CompletableFuture.completedFuture(QuorumConfig.parseVoterConnections(
                            config.quorumConfig().voters())),
                    List.of(),
                    new StandardFaultHandlerFactory(),
                    sockets);
            Node node = new Node(
                    new BrokerServer(shared),
                    new ControllerServer(shared, KafkaRaftServer.configSchema(), directories._2()));
            node.controller.startup();
            node.broker.startup();
            return node;
        }

        void stop() {
            broker.shutdown(Duration.ofSeconds(10));
            controller.shutdown();
            broker.awaitShutdown();
            controller.awaitShutdown();
        }
    }
}
