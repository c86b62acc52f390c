package io.plumbline.runtime;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker's consumer and producer, from their opening to the first failure of Kafka. */
final class WorkerSession<V> implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CLOSING = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(WorkerSession.class);

    private final WorkerLoop.Settings<V> settings;
    private final WorkerMetrics metrics;
    private final DeadLetters deadLetters;
    private final Consumer<byte[], byte[]> consumer;
    private final RecordTransactions transactions;
    private final KafkaClientMetrics lag;

    WorkerSession(
            WorkerLoop.Settings<V> settings,
            WorkerMetrics metrics,
            Consumer<byte[], byte[]> consumer,
            RecordTransactions transactions) {
        this.settings = settings;
        this.metrics = metrics;
        this.deadLetters = new DeadLetters(settings.name(), settings.topics());
        this.consumer = consumer;
        this.transactions = transactions;
        this.lag = new KafkaClientMetrics(consumer);
        lag.bindTo(settings.meters());
    }

    static <V> WorkerSession<V> open(WorkerLoop.Settings<V> settings, String clientId, WorkerMetrics metrics) {
        KafkaClients clients = new KafkaClients(settings.kafka()).measuredBy(settings.name(), settings.meters());
        RecordTransactions transactions = new RecordTransactions(clients.openTransactionalProducer(clientId));
        try {
            return join(
                    settings,
                    metrics,
                    clients.openGroupMember(settings.group(), clientId, settings.maxBatch()),
                    transactions);
        } catch (RuntimeException | Error e) {
            transactions.close();
            throw e;
        }
    }

    private static <V> WorkerSession<V> join(
            WorkerLoop.Settings<V> settings,
            WorkerMetrics metrics,
            Consumer<byte[], byte[]> consumer,
            RecordTransactions transactions) {
        WorkerSession<V> session = new WorkerSession<>(settings, metrics, consumer, transactions);
        try {
            transactions.open();
            consumer.subscribe(List.of(settings.input().name()), new AssignmentTeller(settings.handler()));
            return session;
        } catch (RuntimeException | Error e) {
            session.close();
            throw e;
        }
    }

    /** Handles the next batch and returns how many records it had. */
    int pollAndAnswer() throws InterruptedException {
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
        metrics.waiting(this, waiting());
        if (polled.isEmpty()) {
            return 0;
        }
        Timer.Sample started = Timer.start(settings.meters());
        transactions.commit(answer(polled), polled.nextOffsets(), consumer.groupMetadata());
        metrics.records.increment(polled.count());
        started.stop(metrics.batches);
        return polled.count();
    }

    /** Kafka's consumer says nothing of an offset that it waits for: it only has no lag. */
    private int waiting() {
        return (int) consumer.assignment().stream()
                .filter(partition -> consumer.currentLag(partition).isEmpty())
                .count();
    }

    private List<ProducerRecord<byte[], byte[]>> answer(ConsumerRecords<byte[], byte[]> polled)
            throws InterruptedException {
        List<ProducerRecord<byte[], byte[]>> answers = new ArrayList<>();
        List<Received<V>> batch = read(polled, answers);
        try {
            if (!batch.isEmpty()) {
                answers.addAll(settings.handler().handle(batch));
            }
            return answers;
        } catch (RuntimeException e) {
            rewind(polled);
            throw new BatchFailedException(polled.count(), e);
        }
    }

    /** The records that can be read; of the others, dead letters. */
    private List<Received<V>> read(ConsumerRecords<byte[], byte[]> polled, List<ProducerRecord<byte[], byte[]>> dead) {
        List<Received<V>> batch = new ArrayList<>(polled.count());
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            try {
                batch.add(received(record));
            } catch (SerializationException e) {
                metrics.deadLetters.increment();
                DeadLetters.log(LOG, record, e);
                dead.add(deadLetters.of(record, String.valueOf(e.getMessage())));
            }
        }
        return batch;
    }

    private Received<V> received(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            throw new SerializationException("the record has no value");
        }
        String key = record.key() == null
                ? null
                : settings.input().key().deserializer().deserialize(record.topic(), record.key());
        V value = settings.input().value().deserializer().deserialize(record.topic(), record.value());
        if (value == null) {
            throw new SerializationException("the record's value is null");
        }
        return Received.of(record, key, value);
    }

    private void rewind(ConsumerRecords<byte[], byte[]> polled) {
        Map<TopicPartition, Long> starts = new HashMap<>();
        for (TopicPartition partition : polled.partitions()) {
            starts.put(partition, polled.records(partition).getFirst().offset());
        }
        starts.forEach(consumer::seek);
    }

    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        metrics.waiting(this, 0);
        lag.close();
        try {
            transactions.close();
        } finally {
            consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(CLOSING));
        }
    }
}
