package io.plumbline.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.detector.GapDetectorConfig;
import io.plumbline.detector.GapDetectorMain;
import io.plumbline.runtime.KafkaClients;
import io.plumbline.runtime.StreamsApp;
import io.plumbline.runtime.TopicCreator;
import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.KafkaConfig;
import io.plumbline.topics.config.PlumblineConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.Topology;

/**
 * One round: the same candles read by each way, one way after the other, from topics of one partition that nobody else
 * uses. The topics and the state are deleted afterwards.
 */
final class GapsRound implements AutoCloseable {

    private static final String OUTPUT = "passed-through";

    /** How the candles are read. */
    enum Way {
        /** A consumer that parses them. */
        BARE_CONSUMER,
        /** A stream that parses them, puts each into a store, and does nothing else. */
        PUT,
        /** A stream that parses them, puts each into a store, and writes it on. */
        PASS_THROUGH,
        DETECTOR
    }

    private final GapDetectorConfig config;
    private final Path state;
    private final Admin admin;
    private long candles;

    GapsRound(String bootstrapServers, String prefix, Path directory) throws InterruptedException {
        state = directory.resolve(prefix + "state");
        PlumblineConfig parsed = ConfigFile.parse("""
                kafka: {bootstrap-servers: "%s", partitions: 1, topic-prefix: "%s", state-dir: "%s"}
                postgres: {url: "jdbc:postgresql://unused/unused", user: unused, password: unused}
                mongo: {url: "mongodb://localhost", database: unused}
                apps: {stream-threads: 1}
                redis: {nodes: ["127.0.0.1:1"]}
                exchanges:
                  exchange: {adapter: coinbase, base-url: "http://127.0.0.1", timeframes: [1m]}
                """.formatted(bootstrapServers, prefix, state), Map.of());
        config = GapDetectorConfig.of(parsed);
        TopicCreator.ensure(kafka(), topics());
        admin = new KafkaClients(kafka()).openAdmin();
        keepOldCandles();
    }

    KafkaConfig kafka() {
        return config.kafka();
    }

    long candles() {
        return candles;
    }

    void write(MinuteCandles written) throws InterruptedException {
        candles = written.write(kafka(), topics());
    }

    /** Candles per second. */
    double rate(Way way) throws InterruptedException {
        return switch (way) {
            case BARE_CONSUMER -> bareConsumer();
            case PUT -> rate("put", new PassThrough(topics().candles, "").get());
            case PASS_THROUGH -> passThrough();
            case DETECTOR -> detector();
        };
    }

    private double bareConsumer() {
        TopicPartition partition = new TopicPartition(topics().candles.name(), 0);
        try (Consumer<byte[], byte[]> consumer = new KafkaClients(kafka()).openReader()) {
            consumer.assign(List.of(partition));
            long read = consumer.poll(Duration.ofSeconds(10)).count();
            long uncounted = read;
            long start = System.nanoTime();
            while (read < candles) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    topics().candles.value().deserializer().deserialize(record.topic(), record.value());
                    read++;
                }
            }
            return (read - uncounted) / StreamClock.seconds(start);
        }
    }

    private double passThrough() throws InterruptedException {
        String output = kafka().topicPrefix() + OUTPUT;
        get(admin.createTopics(List.of(new NewTopic(output, 1, (short) 1))).all());
        return rate("pass-through", new PassThrough(topics().candles, output).get());
    }

    private double detector() {
        try (StreamsApp app = startDetector()) {
            return clock(GapDetectorConfig.SERIES_APPLICATION).rate(candles);
        }
    }

    /** Seconds that the detector takes longer to start where it has to restore its state. */
    double restore() {
        double withState = secondsToStart();
        delete(state);
        return secondsToStart() - withState;
    }

    @Override
    public void close() throws InterruptedException {
        List<String> names = get(admin.listTopics().names()).stream()
                .filter(name -> name.startsWith(kafka().topicPrefix()))
                .toList();
        get(admin.deleteTopics(names).all());
        admin.close();
        delete(state);
    }

    private double secondsToStart() {
        long start = System.nanoTime();
        try (StreamsApp app = startDetector()) {
            StreamClock.secondsUntil(app::isRunning);
            return StreamClock.seconds(start);
        }
    }

    private StreamsApp startDetector() {
        return GapDetectorMain.startSeries(config, settings());
    }

    private double rate(String application, Topology topology) {
        try (StreamsApp app = StreamsApp.start(application, topology, settings())) {
            return clock(application).rate(candles);
        }
    }

    private StreamsApp.Settings settings() {
        return new StreamsApp.Settings(kafka(), topics(), config.streamThreads(), new SimpleMeterRegistry());
    }

    private Topics topics() {
        return config.topics();
    }

    private StreamClock clock(String application) {
        return new StreamClock(
                admin,
                kafka().topicPrefix() + application,
                new TopicPartition(topics().candles.name(), 0));
    }

    /** One series of so many candles is older than the topic's retention. */
    private void keepOldCandles() throws InterruptedException {
        ConfigResource topic =
                new ConfigResource(ConfigResource.Type.TOPIC, topics().candles.name());
        AlterConfigOp forEver =
                new AlterConfigOp(new ConfigEntry(TopicConfig.RETENTION_MS_CONFIG, "-1"), AlterConfigOp.OpType.SET);
        get(admin.incrementalAlterConfigs(Map.of(topic, Set.of(forEver))).all());
    }

    private static <T> T get(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka did not do what it was asked for", e.getCause());
        }
    }

    private static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
