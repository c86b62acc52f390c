package io.plumbline.reconciler.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/** A feed's transactions, under the one id that all processes share: opening them fences every earlier feed. */
final class FeedTransactions implements AutoCloseable {

    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final Producer<byte[], byte[]> producer;

    FeedTransactions(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    void open() {
        producer.initTransactions();
    }

    /** All of them or none; throws {@link KafkaException} where it is not known to be all. */
    void commit(List<ProducerRecord<byte[], byte[]>> records) throws InterruptedException {
        producer.beginTransaction();
        try {
            List<Future<RecordMetadata>> sends = new ArrayList<>(records.size());
            records.forEach(record -> sends.add(producer.send(record)));
            producer.flush();
            for (Future<RecordMetadata> send : sends) {
                send.get();
            }
            producer.commitTransaction();
        } catch (ExecutionException e) {
            throw abort(new KafkaException("a record of the feed could not be sent", e.getCause()));
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
