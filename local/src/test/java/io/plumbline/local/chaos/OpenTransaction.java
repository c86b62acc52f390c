package io.plumbline.local.chaos;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.common.TopicPartition;

/** A transaction that is open on a partition: its producer, and the offset of its first record there. */
public record OpenTransaction(TopicPartition partition, long producerId, int producerEpoch, long start) {

    /** All that are open now, among the groups' offsets too. */
    public static Set<OpenTransaction> all(Admin admin) throws ExecutionException, InterruptedException {
        Set<String> topics = admin.listTopics(new ListTopicsOptions().listInternal(true))
                .names()
                .get();
        List<TopicPartition> partitions = admin.describeTopics(topics).allTopicNames().get().values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
        Set<OpenTransaction> open = new HashSet<>();
        admin.describeProducers(partitions)
                .all()
                .get()
                .forEach((partition, state) -> state.activeProducers()
                        .forEach(producer -> producer.currentTransactionStartOffset()
                                .ifPresent(first -> open.add(new OpenTransaction(
                                        partition, producer.producerId(), producer.producerEpoch(), first)))));
        return open;
    }
}
