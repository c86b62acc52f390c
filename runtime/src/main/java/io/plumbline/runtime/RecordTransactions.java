package io.plumbline.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Sends records in transactions: all of them or none. Opening fences every earlier producer of the same id. */
public final class RecordTransactions implements AutoCloseable {

    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final Producer<byte[], byte[]> producer;

    public RecordTransactions(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    public void open() {
        producer.initTransactions();
    }

    /** Throws {@link KafkaException} where it is not known to be all. */
    public void commit(List<ProducerRecord<byte[], byte[]>> records) throws InterruptedException {
        commit(records, () -> {});
    }

    /** The same with the offsets up to which a member of a group has consumed, which fence it once it is no member. */
    public void commit(
            List<ProducerRecord<byte[], byte[]>> records,
            Map<TopicPartition, OffsetAndMetadata> consumed,
            ConsumerGroupMetadata member)
            throws InterruptedException {
        commit(records, () -> producer.sendOffsetsToTransaction(consumed, member));
    }

    private void commit(List<ProducerRecord<byte[], byte[]>> records, Runnable offsets) throws InterruptedException {
        producer.beginTransaction();
        try {
            List<Future<RecordMetadata>> sends = new ArrayList<>(records.size());
            records.forEach(record -> sends.add(producer.send(record)));
            offsets.run();
            producer.flush();
            for (Future<RecordMetadata> send : sends) {
                send.get();
            }
            producer.commitTransaction();
        } catch (ExecutionException e) {
            throw abort(new KafkaException("a record could not be sent", e.getCause()));
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

    @Override
    public void close() {
        producer.close(CLOSING);
    }
}
