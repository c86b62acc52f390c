package io.plumbline.runtime;

import java.util.Collection;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;

/** Tells a handler when partitions are assigned to its consumer. */
record AssignmentTeller(BatchHandler<?> handler) implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty()) {
            handler.assigned();
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        // Whatever was handled is committed or will be handled again; there is nothing to hand over.
    }
}
