package io.plumbline.runtime;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What a worker does with a batch of commands. */
@FunctionalInterface
public interface BatchHandler<V> {

    /**
     * Handles the batch and returns the records that answer it; they are committed with the batch's offsets in one
     * transaction. An exception stops nothing but this attempt: the batch is handed over again.
     */
    List<ProducerRecord<byte[], byte[]>> handle(List<Received<V>> batch) throws InterruptedException;

    /** Told before the first batch of partitions that another member may have handled until now. */
    default void assigned() {}
}
