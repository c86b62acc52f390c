package io.plumbline.local;

import io.plumbline.runtime.TopicCreator;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.KafkaConfig;
import io.plumbline.topics.config.MongoConfig;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.config.PostgresConfig;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    private final LocalParts parts;
    private final DataDirectory streams;
    private final PlumblineConfig config;
    private final Thread closer = new Thread(this::end, "shutdown");
    private @Nullable LocalApps apps;

    private LocalSystem(LocalParts parts, DataDirectory streams, PlumblineConfig config) {
        this.parts = parts;
        this.streams = streams;
        this.config = config;
    }

    /** Starts the parts only; {@link #startApps()} goes on. */
    public static LocalSystem start(PlumblineConfig declared, @Nullable Path data, LocalPorts ports) {
        LocalParts parts = LocalParts.start(data, ports);
        // What is kept of a stream's state belongs to one Kafka: to the one beside it.
        DataDirectory streams = DataDirectory.of(data == null ? null : data.resolve("streams"), "streams");
        LocalSystem system = new LocalSystem(parts, streams, addressed(declared, parts, streams.path()));
        Runtime.getRuntime().addShutdownHook(system.closer);
        return system;
    }

    /** Starts the apps; does nothing while they run. */
    public void startApps() throws Exception {
        if (apps == null) {
            TopicCreator.ensure(config.kafka(), topics());
            apps = LocalApps.start(config);
        }
    }

    /** Ends the apps and leaves the parts running. */
    public void stopApps() {
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
        try {
            Runtime.getRuntime().removeShutdownHook(closer);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook does it.
            return;
        }
        end();
    }

    private void end() {
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
                declared.apps(),
                declared.datasets(),
                declared.jobs(),
                declared.schedules(),
                declared.candles());
    }
}
