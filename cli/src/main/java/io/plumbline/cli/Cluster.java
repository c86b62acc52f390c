package io.plumbline.cli;

import io.plumbline.runtime.Received;
import io.plumbline.runtime.TopicReader;
import io.plumbline.topics.Topic;
import io.plumbline.topics.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The Kafka cluster that a command talks to. What goes wrong becomes a {@link CliException} that says what to do. */
public final class Cluster {

    /** How long the cluster may take to answer. */
    static final Duration PATIENCE = Duration.ofSeconds(8);

    private final String address;
    private final Topics topics;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Supplier<Producer<byte[], byte[]>> producers;

    /** @param address as the user gave it */
    Cluster(
            String address,
            Topics topics,
            Supplier<Consumer<byte[], byte[]>> consumers,
            Supplier<Producer<byte[], byte[]>> producers) {
        this.address = address;
        this.topics = topics;
        this.consumers = consumers;
        this.producers = producers;
    }

    Topics topics() {
        return topics;
    }

    /** The last value of each key of a topic. */
    <V> Map<String, V> latest(Topic<String, V> topic) {
        return told(() -> {
            try (TopicReader<V> reader = read(topic)) {
                return reader.latest();
            }
        });
    }

    /** A reader of what comes after this call. */
    <V> TopicReader<V> follow(Topic<String, V> topic) {
        return told(() -> read(topic).toTheEnd());
    }

    <V> List<Received<V>> poll(TopicReader<V> reader, Duration wait) {
        return told(() -> reader.poll(wait));
    }

    /** Writes a record and waits until the cluster has it. */
    <V> void send(Topic<String, V> topic, String key, V value) {
        send(topic, key, value, new RecordHeaders());
    }

    /** The same with headers. */
    <V> void send(Topic<String, V> topic, String key, V value, Headers headers) {
        ProducerRecord<byte[], byte[]> record = topic.toRecord(key, value);
        headers.forEach(record.headers()::add);
        told(() -> {
            read(topic).close(); // a producer would create a missing topic, with the wrong number of partitions
            try (Producer<byte[], byte[]> producer = producers.get()) {
                return producer.send(record).get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof KafkaException failure ? failure : new KafkaException(e.getCause());
            }
        });
    }

    private <V> TopicReader<V> read(Topic<String, V> topic) {
        return new TopicReader<>(consumers.get(), topic, PATIENCE);
    }

    private interface Action<T> {
        T run() throws InterruptedException;
    }

    private <T> T told(Action<T> action) {
        try {
            return action.run();
        } catch (TimeoutException e) {
            throw unreachable(
                    "no broker answers at %s within %d seconds: is it running, and is that its address? --bootstrap-server HOST:PORT names another, --client-properties FILE holds what a secured cluster asks for"
                            .formatted(address, PATIENCE.toSeconds()));
        } catch (UnknownTopicOrPartitionException e) {
            throw unreachable("%s at %s: has Plumbline run there? --topic-prefix names the prefix of its topics"
                    .formatted(e.getMessage(), address));
        } catch (AuthenticationException | AuthorizationException e) {
            throw unreachable("%s refuses: %s. --client-properties FILE holds what it asks for"
                    .formatted(address, e.getMessage()));
        } catch (KafkaException e) {
            String cause = e.getCause() == null ? "" : " (" + e.getCause().getMessage() + ")";
            throw unreachable("the cluster at %s cannot be used: %s%s; --bootstrap-server HOST:PORT names another"
                    .formatted(address, e.getMessage(), cause));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable("interrupted");
        }
    }

    private static CliException unreachable(String message) {
        return new CliException(ExitCodes.UNREACHABLE, message);
    }
}
