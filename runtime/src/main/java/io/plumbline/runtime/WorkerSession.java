package io.plumbline.runtime;

import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
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
    private final Producer<byte[], byte[]> producer;

    WorkerSession(
            WorkerLoop.Settings<V> settings,
            WorkerMetrics metrics,
            Consumer<byte[], byte[]> consumer,
            Producer<byte[], byte[]> producer) {
        this.settings = settings;
        this.metrics = metrics;
        this.deadLetters = new DeadLetters(settings.name(), settings.topics());
        this.consumer = consumer;
        this.producer = producer;
    }

    static <V> WorkerSession<V> open(WorkerLoop.Settings<V> settings, String clientId, WorkerMetrics metrics) {
        KafkaClients clients = new KafkaClients(settings.kafka());
        Producer<byte[], byte[]> producer = clients.openTransactionalProducer(clientId);
        Consumer<byte[], byte[]> consumer = clients.openGroupMember(settings.group(), clientId, settings.maxBatch());
        WorkerSession<V> session = new WorkerSession<>(settings, metrics, consumer, producer);
        try {
            producer.initTransactions();
            consumer.subscribe(List.of(settings.input().name()));
            return session;
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** Handles the next batch and returns how many records it had. */
    int pollAndAnswer() throws InterruptedException {
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
        if (polled.isEmpty()) {
            return 0;
        }
        Timer.Sample started = Timer.start(settings.meters());
        commit(answer(polled), polled);
        metrics.records.increment(polled.count());
        started.stop(metrics.batches);
        return polled.count();
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
                LOG.warn(
                        "dead letter: {}-{} offset {}: {}",
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        e.getMessage());
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
        return new Received<>(record.topic(), record.partition(), record.offset(), record.timestamp(), key, value);
    }

    private void commit(List<ProducerRecord<byte[], byte[]>> answers, ConsumerRecords<byte[], byte[]> polled)
            throws InterruptedException {
        producer.beginTransaction();
        try {
            List<Future<RecordMetadata>> sends = new ArrayList<>(answers.size());
            answers.forEach(answer -> sends.add(producer.send(answer)));
            producer.sendOffsetsToTransaction(polled.nextOffsets(), consumer.groupMetadata());
            producer.flush();
            for (Future<RecordMetadata> send : sends) {
                send.get();
            }
            producer.commitTransaction();
        } catch (ExecutionException e) {
            throw abort(new KafkaException("an answer could not be sent", e.getCause()));
        } catch (KafkaException e) {
            throw abort(e);
        }
    }

    private KafkaException abort(KafkaException failure) {
        try {
            producer.abortTransaction();
        } catch (KafkaException e) {
            // A fenced or broken producer cannot abort; the broker does.
            failure.addSuppressed(e);
        }
        return failure;
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
        try {
            producer.close(CLOSING);
        } finally {
            consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(CLOSING));
        }
    }
}
