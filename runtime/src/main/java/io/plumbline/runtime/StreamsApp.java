package io.plumbline.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.KafkaConfig;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running topology, exactly once. A record that cannot be read becomes a dead letter; a thread that Kafka failed is
 * replaced, a few times; an exception of a processor is a bug and stops the app without committing.
 */
public final class StreamsApp implements AutoCloseable {

    /** @param threads stream threads */
    public record Settings(KafkaConfig kafka, Topics topics, int threads, MeterRegistry meters) {}

    private static final int REPLACEMENTS = 20;
    private static final Duration CLOSING = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(StreamsApp.class);

    private final String applicationId;
    private final KafkaStreams streams;
    private final KafkaStreamsMetrics metrics;

    private StreamsApp(String applicationId, KafkaStreams streams, KafkaStreamsMetrics metrics) {
        this.applicationId = applicationId;
        this.streams = streams;
        this.metrics = metrics;
    }

    /** Starts a topology whose final failure ends the process. */
    public static StreamsApp start(String applicationId, Topology topology, Settings settings) {
        return start(applicationId, topology, settings, FatalHandler.exitProcess());
    }

    public static StreamsApp start(String applicationId, Topology topology, Settings settings, FatalHandler fatal) {
        KafkaStreams streams = new KafkaStreams(topology, properties(applicationId, settings));
        AtomicInteger replaced = new AtomicInteger();
        streams.setUncaughtExceptionHandler(failure -> {
            if (StreamsFailure.isOfKafka(failure) && replaced.incrementAndGet() <= REPLACEMENTS) {
                LOG.warn("{}: a stream thread failed and is replaced", applicationId, failure);
                return StreamThreadExceptionResponse.REPLACE_THREAD;
            }
            fatal.fatal(applicationId, KafkaDeniedException.explained(failure, settings.kafka()));
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        KafkaStreamsMetrics metrics = new KafkaStreamsMetrics(streams);
        metrics.bindTo(settings.meters());
        streams.start();
        return new StreamsApp(applicationId, streams, metrics);
    }

    /** The settings that a topology runs with; its tests use the same. */
    public static Properties properties(String applicationId, Settings settings) {
        Properties properties = new KafkaClients(settings.kafka())
                .measuredBy(applicationId, settings.meters())
                .streams(applicationId, settings.threads());
        properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class.getName());
        properties.put(DeadLetterHandler.TOPICS, settings.topics());
        return properties;
    }

    /** Whether its partitions are assigned and their state is restored. */
    public boolean isRunning() {
        return streams.state() == State.RUNNING;
    }

    /** Throws {@link IllegalStateException} where it does not end in time. */
    @Override
    public void close() {
        metrics.close();
        if (!streams.close(CloseOptions.timeout(CLOSING)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP))) {
            throw new IllegalStateException(
                    "%s did not end within %s: what it has in hand is not committed".formatted(applicationId, CLOSING));
        }
    }
}
