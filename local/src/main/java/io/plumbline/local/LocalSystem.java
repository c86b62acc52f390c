package io.plumbline.local;

import io.plumbline.runtime.TopicCreator;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.KafkaConfig;
import io.plumbline.topics.config.MongoConfig;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.config.PostgresConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole system in this JVM on embedded real parts.
 *
 * <ol>
 *   <li>start the parts, and turn the configuration's addresses to them;
 *   <li>let the caller make the tables and documents that the configuration speaks of;
 *   <li>create the topics, and start the apps through their entry points.
 * </ol>
 */
public final class LocalSystem implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalSystem.class);

    private final LocalParts parts;
    private final DataDirectory streams;
    private final PlumblineConfig config;
    private final Thread closer;
    private @Nullable LocalApps apps;
    private boolean ended;

    private LocalSystem(LocalParts parts, DataDirectory streams, PlumblineConfig config, Thread closer) {
        this.parts = parts;
        this.streams = streams;
        this.config = config;
        this.closer = closer;
    }

    /**
     * Starts the parts only; {@link #startApps()} goes on. A process that is asked to end meanwhile, or while it closes
     * the system, ends it first: PostgreSQL is a process of its own, and would be left over.
     */
    public static LocalSystem start(PlumblineConfig declared, @Nullable Path data, LocalPorts ports) {
        CompletableFuture<LocalSystem> started = new CompletableFuture<>();
        Thread closer = new Thread(() -> endStarted(started), "shutdown");
        Runtime.getRuntime().addShutdownHook(closer);
        try {
            LocalSystem system = start(declared, data, ports, closer);
            started.complete(system);
            return system;
        } catch (RuntimeException e) {
            started.completeExceptionally(e);
            forget(closer);
            throw e;
        }
    }

    private static LocalSystem start(PlumblineConfig declared, @Nullable Path data, LocalPorts ports, Thread closer) {
        LocalParts parts = LocalParts.start(data, ports);
        // What is kept of a stream's state belongs to one Kafka: to the one beside it.
        DataDirectory streams = DataDirectory.of(data == null ? null : data.resolve("streams"), "streams");
        return new LocalSystem(parts, streams, addressed(declared, parts, streams.path()), closer);
    }

    /** A start that has failed has ended what it had started. */
    private static void endStarted(CompletableFuture<LocalSystem> started) {
        LocalSystem system = started.handle((value, failure) -> value).join();
        if (system != null) {
            system.end();
        }
    }

    private static void forget(Thread closer) {
        try {
            Runtime.getRuntime().removeShutdownHook(closer);
        } catch (IllegalStateException e) {
            LOG.debug("the process is ending, and the hook runs", e);
        }
    }

    /** Starts the apps; does nothing while they run, or when the system has ended. */
    public synchronized void startApps() throws Exception {
        if (apps == null && !ended) {
            TopicCreator.ensure(config.kafka(), topics());
            apps = LocalApps.start(config);
        }
    }

    /** Ends the apps and leaves the parts running. */
    public synchronized void stopApps() {
        if (apps != null) {
            apps.close();
            apps = null;
        }
    }

    public LocalParts parts() {
        return parts;
    }

    /** The configuration that the apps run with. */
    public PlumblineConfig config() {
        return config;
    }

    public Topics topics() {
        return new Topics(config.kafka().topicPrefix(), config.kafka().partitions());
    }

    @Override
    public void close() {
        end();
        forget(closer);
    }

    private synchronized void end() {
        if (ended) {
            return;
        }
        ended = true;
        stopApps();
        parts.close();
        streams.close();
    }

    private static PlumblineConfig addressed(PlumblineConfig declared, LocalParts parts, Path streams) {
        KafkaConfig kafka = declared.kafka();
        PostgresConfig postgres = declared.postgres();
        return new PlumblineConfig(
                new KafkaConfig(
                        parts.kafka().bootstrapServers(),
                        kafka.topicPrefix(),
                        kafka.partitions(),
                        (short) 1,
                        streams.toString(),
                        // They are about reaching another cluster.
                        Map.of()),
                new PostgresConfig(
                        parts.postgres().jdbcUrl(),
                        parts.postgres().user(),
                        parts.postgres().password(),
                        postgres.schema(),
                        postgres.poolSize()),
                new MongoConfig(parts.mongo().url(), declared.mongo().database()),
                declared.redis(),
                declared.exchanges(),
                declared.apps(),
                declared.datasets(),
                declared.jobs(),
                declared.schedules(),
                declared.candles());
    }
}
