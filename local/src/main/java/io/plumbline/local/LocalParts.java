package io.plumbline.local;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The embedded Kafka, PostgreSQL and MongoDB protocol server of a local system. */
public record LocalParts(EmbeddedKafka kafka, EmbeddedPostgres postgres, EmbeddedMongo mongo) implements AutoCloseable {

    /**
     * Starts all three at the same time; where one fails, ends the others.
     *
     * @param data where Kafka and PostgreSQL keep their state; {@code null} for temporary directories
     */
    public static LocalParts start(@Nullable Path data, LocalPorts ports) {
        try (ExecutorService starters = Executors.newFixedThreadPool(2)) {
            CompletableFuture<EmbeddedPostgres> postgres = CompletableFuture.supplyAsync(
                    () -> EmbeddedPostgres.start(within(data, "postgres"), ports.postgres()), starters);
            CompletableFuture<EmbeddedKafka> kafka = CompletableFuture.supplyAsync(
                    () -> EmbeddedKafka.start(within(data, "kafka"), ports.kafka()), starters);
            EmbeddedMongo mongo = null;
            try {
                mongo = EmbeddedMongo.start(ports.mongo());
                return new LocalParts(kafka.join(), postgres.join(), mongo);
            } catch (RuntimeException e) {
                closeStarted(kafka);
                closeStarted(postgres);
                if (mongo != null) {
                    mongo.close();
                }
                throw e;
            }
        }
    }

    @Override
    public void close() {
        mongo.close();
        postgres.close();
        kafka.close();
    }

    /** Closes what was started; a start that failed has told why already, or is not the first to fail. */
    private static void closeStarted(CompletableFuture<? extends AutoCloseable> part) {
        AutoCloseable started = part.handle((value, failure) -> value).join();
        if (started != null) {
            Closing.quietly(started);
        }
    }

    private static @Nullable Path within(@Nullable Path data, String part) {
        return data == null ? null : data.resolve(part);
    }
}
