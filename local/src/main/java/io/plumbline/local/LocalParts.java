package io.plumbline.local;

import io.plumbline.topics.config.PlumblineConfig;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The embedded parts of a local system.
 *
 * @param postgres {@code null} where the system has none, as without datasets
 * @param mongo likewise
 * @param redis {@code null} where the system has no candle cache
 */
public record LocalParts(
        EmbeddedKafka kafka,
        @Nullable EmbeddedPostgres postgres,
        @Nullable EmbeddedMongo mongo,
        @Nullable EmbeddedRedis redis)
        implements AutoCloseable {

    /** Throws {@link IllegalStateException} where the system has none. */
    @Override
    public EmbeddedPostgres postgres() {
        return there(postgres, "postgres");
    }

    /** Throws {@link IllegalStateException} where the system has none. */
    @Override
    public EmbeddedMongo mongo() {
        return there(mongo, "mongo");
    }

    /**
     * Starts Kafka and what is configured, as many as can be at the same time; where one fails, ends the others.
     *
     * @param data where Kafka, PostgreSQL and Redis keep their state; {@code null} for temporary directories
     */
    public static LocalParts start(PlumblineConfig declared, @Nullable Path data, LocalPorts ports) {
        // Alone, since it takes no time: a program cannot be started while a process that is being forked for another
        // part still holds the file that it was unpacked into, nor can that part's.
        EmbeddedRedis redis =
                declared.redis() == null ? null : EmbeddedRedis.start(within(data, "redis"), ports.redis());
        Deque<CompletableFuture<? extends AutoCloseable>> starting = new ArrayDeque<>();
        try (ExecutorService starters = Executors.newCachedThreadPool()) {
            CompletableFuture<EmbeddedPostgres> postgres = declared.hasPostgres()
                    ? begin(
                            () -> EmbeddedPostgres.start(within(data, "postgres"), ports.postgres()),
                            starters,
                            starting)
                    : null;
            CompletableFuture<EmbeddedKafka> kafka =
                    begin(() -> EmbeddedKafka.start(within(data, "kafka"), ports.kafka()), starters, starting);
            CompletableFuture<EmbeddedMongo> mongo =
                    declared.hasMongo() ? begin(() -> EmbeddedMongo.start(ports.mongo()), starters, starting) : null;
            try {
                return new LocalParts(
                        kafka.join(),
                        postgres == null ? null : postgres.join(),
                        mongo == null ? null : mongo.join(),
                        redis);
            } catch (RuntimeException e) {
                starting.forEach(LocalParts::closeStarted);
                if (redis != null) {
                    Closing.quietly(redis);
                }
                throw e;
            }
        }
    }

    private static <P extends AutoCloseable> CompletableFuture<P> begin(
            Supplier<P> start, ExecutorService starters, Deque<CompletableFuture<? extends AutoCloseable>> starting) {
        CompletableFuture<P> part = CompletableFuture.supplyAsync(start, starters);
        starting.push(part);
        return part;
    }

    @Override
    public void close() {
        if (redis != null) {
            redis.close();
        }
        if (mongo != null) {
            mongo.close();
        }
        if (postgres != null) {
            postgres.close();
        }
        kafka.close();
    }

    /** Closes what was started; a start that failed has told why already, or is not the first to fail. */
    private static void closeStarted(CompletableFuture<? extends AutoCloseable> part) {
        AutoCloseable started = part.handle((value, failure) -> value).join();
        if (started != null) {
            Closing.quietly(started);
        }
    }

    private static <P> P there(@Nullable P part, String key) {
        if (part == null) {
            throw new IllegalStateException("this system has no " + key + ": its configuration has none");
        }
        return part;
    }

    private static @Nullable Path within(@Nullable Path data, String part) {
        return data == null ? null : data.resolve(part);
    }
}
