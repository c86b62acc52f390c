package io.plumbline.local.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** What consumer groups have not committed of what is committed in the topics that they read, and what may hold them up. */
final class GroupLag implements AutoCloseable {

    private static final String OFFSETS = "__consumer_offsets";

    private final Admin admin;

    GroupLag(String bootstrapServers) {
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    /** A group that is behind on a partition: the offset that it has committed, and the end. */
    record Behind(String group, TopicPartition partition, long committed, long end) {}

    /** Those that are behind, except a group. */
    List<Behind> behind(String except) throws ExecutionException, InterruptedException {
        List<Behind> behind = new ArrayList<>();
        for (GroupListing group :
                admin.listGroups(ListGroupsOptions.forConsumerGroups()).all().get()) {
            if (group.groupId().equals(except)) {
                continue;
            }
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group.groupId())
                    .partitionsToOffsetAndMetadata()
                    .get();
            Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
            committed.keySet().forEach(partition -> asked.put(partition, OffsetSpec.latest()));
            admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                    .all()
                    .get()
                    .forEach((partition, end) -> {
                        OffsetAndMetadata at = committed.get(partition);
                        if (at != null && at.offset() < end.offset() - 1) {
                            behind.add(new Behind(group.groupId(), partition, at.offset(), end.offset()));
                        }
                    });
        }
        return behind;
    }

    /** What Kafka says of a group that is behind: its members, whether its offset is stable, what transactions are open. */
    String explain(Behind behind) throws InterruptedException {
        List<String> lines = new ArrayList<>(List.of(behind.toString()));
        lines.add("members: "
                + told(() -> admin.describeConsumerGroups(Set.of(behind.group))
                        .all()
                        .get()
                        .values()));
        lines.add("stable offset: "
                + told(() -> admin.listConsumerGroupOffsets(
                                behind.group,
                                new ListConsumerGroupOffsetsOptions()
                                        .requireStable(true)
                                        .timeoutMs(5_000))
                        .partitionsToOffsetAndMetadata()
                        .get()));
        lines.add("transactions: " + told(this::openTransactions));
        lines.add("producers: " + told(() -> openProducers(behind.partition.topic())));
        lines.add("producers of offsets: " + told(() -> openProducers(OFFSETS)));
        return String.join("\n", lines);
    }

    private Object openTransactions() throws ExecutionException, InterruptedException {
        List<String> ids = admin.listTransactions().all().get().stream()
                .filter(listing -> !listing.state().toString().startsWith("Complete")
                        && !listing.state().toString().equals("Empty"))
                .map(TransactionListing::transactionalId)
                .toList();
        return admin.describeTransactions(ids).all().get();
    }

    private Object openProducers(String topic) throws ExecutionException, InterruptedException {
        return open(topic);
    }

    /** Producers with a transaction that is open on a partition. */
    private Map<TopicPartition, List<ProducerState>> open(String topic)
            throws ExecutionException, InterruptedException {
        List<TopicPartition> partitions = admin.describeTopics(Set.of(topic)).allTopicNames().get().values().stream()
                .flatMap(description -> description.partitions().stream())
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        Map<TopicPartition, List<ProducerState>> open = new HashMap<>();
        admin.describeProducers(partitions)
                .all()
                .get()
                .forEach((partition, state) -> open.put(
                        partition,
                        state.activeProducers().stream()
                                .filter(producer ->
                                        producer.currentTransactionStartOffset().isPresent())
                                .toList()));
        return open;
    }

    @FunctionalInterface
    private interface Question {
        Object ask() throws ExecutionException, InterruptedException;
    }

    private static String told(Question question) throws InterruptedException {
        try {
            return question.ask().toString();
        } catch (ExecutionException e) {
            return "not told: " + e.getCause();
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
