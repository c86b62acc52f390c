package io.plumbline.reconciler;

import io.plumbline.runtime.FatalHandler;
import io.plumbline.topics.Topic;
import io.plumbline.topics.record.Drift;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all of {@code drifts}, from its beginning, in a thread of its own and in no group: every replica knows of all open
 * drifts and measures the same, so that the figure does not depend on who runs.
 */
final class DriftReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Logger LOG = LoggerFactory.getLogger(DriftReader.class);

    private final Topic<String, Drift> topic;
    private final Consumer<byte[], byte[]> consumer;
    private final OpenDrifts drifts;
    private final FatalHandler fatal;
    private final Thread thread = new Thread(this::run, "drift-reader");

    private DriftReader(
            Topic<String, Drift> topic, Consumer<byte[], byte[]> consumer, OpenDrifts drifts, FatalHandler fatal) {
        this.topic = topic;
        this.consumer = consumer;
        this.drifts = drifts;
        this.fatal = fatal;
    }

    /** Takes over the consumer. */
    static DriftReader start(
            Topic<String, Drift> topic, Consumer<byte[], byte[]> consumer, OpenDrifts drifts, FatalHandler fatal) {
        DriftReader reader = new DriftReader(topic, consumer, drifts, fatal);
        reader.thread.start();
        return reader;
    }

    @Override
    public void close() throws InterruptedException {
        consumer.wakeup();
        thread.join();
    }

    private void run() {
        List<TopicPartition> partitions = IntStream.range(0, topic.partitions())
                .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                .toList();
        try (consumer) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (true) {
                consumer.poll(POLL).forEach(this::read);
            }
        } catch (WakeupException e) {
            LOG.debug("closed");
        } catch (RuntimeException e) {
            fatal.fatal("the reader of " + topic.name(), e);
        }
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        try {
            String entity = topic.key().deserializer().deserialize(topic.name(), record.key());
            drifts.told(
                    entity,
                    record.value() == null
                            ? null
                            : topic.value().deserializer().deserialize(topic.name(), record.value()));
        } catch (SerializationException | IllegalArgumentException e) {
            // Somebody else's writing: the figure is of what can be read.
            LOG.warn("{}-{} offset {} is passed over", record.topic(), record.partition(), record.offset(), e);
        }
    }
}
