package io.plumbline.bench;

import io.plumbline.local.EmbeddedKafka;
import io.plumbline.local.EmbeddedMongo;
import io.plumbline.local.EmbeddedPostgres;
import io.plumbline.local.EmbeddedRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The embedded parts that a benchmark runs against, and the configuration file of the apps beside them. */
final class BenchParts implements AutoCloseable {

    static final String DATABASE = "bench";

    private final Path directory;
    private final EmbeddedKafka kafka;
    private final EmbeddedPostgres postgres;
    private final EmbeddedMongo mongo;
    private boolean closed;

    private BenchParts(Path directory) {
        this.directory = directory;
        this.postgres = EmbeddedPostgres.start();
        this.mongo = EmbeddedMongo.start();
        this.kafka = EmbeddedKafka.start();
    }

    static BenchParts start() {
        Console.say("starting PostgreSQL, a MongoDB-compatible server and Kafka");
        try {
            BenchParts parts = new BenchParts(Files.createTempDirectory("plumbline-bench-"));
            // PostgreSQL is a process of its own, and would be left over where a benchmark is interrupted.
            Runtime.getRuntime().addShutdownHook(new Thread(parts::close, "end the parts"));
            return parts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A candle cache for beside the parts; it ends with this process at the latest. */
    static EmbeddedRedis startRedis() {
        EmbeddedRedis redis = EmbeddedRedis.start();
        Runtime.getRuntime().addShutdownHook(new Thread(redis::kill, "end Redis"));
        return redis;
    }

    EmbeddedPostgres postgres() {
        return postgres;
    }

    EmbeddedMongo mongo() {
        return mongo;
    }

    Path directory() {
        return directory;
    }

    /**
     * Writes a configuration file for these parts.
     *
     * @param rest its {@code apps} and {@code datasets}
     */
    Path config(String topicPrefix, String rest) {
        String text = """
                kafka:
                  bootstrap-servers: %s
                  topic-prefix: %s
                  state-dir: %s
                postgres:
                  url: %s
                  user: %s
                  password: %s
                mongo:
                  url: %s
                  database: %s
                """.formatted(
                                kafka.bootstrapServers(),
                                topicPrefix,
                                directory.resolve(topicPrefix + "state"),
                                postgres.jdbcUrl(),
                                postgres.user(),
                                postgres.password(),
                                mongo.url(),
                                DATABASE)
                + rest;
        try {
            return Files.writeString(directory.resolve(topicPrefix + "yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        kafka.close();
        mongo.close();
        postgres.close();
        delete(directory);
    }

    /** Deletes a directory with all that is in it. */
    static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
