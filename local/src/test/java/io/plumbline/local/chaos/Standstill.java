package io.plumbline.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What stands still on a broker: groups that have not consumed what is committed, and transactions that nobody ends. */
public final class Standstill implements AutoCloseable {

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration READING = Duration.ofSeconds(1);

    /** A transaction times out after 15 s, which the broker sees every 10 s; a worker that failed pauses up to 30 s. */
    private static final Duration AT_MOST = Duration.ofSeconds(75);

    private final Admin admin;
    private final Consumer<byte[], byte[]> reader;
    private final Set<String> except;

    /** @param except groups whose members read nothing */
    public Standstill(String bootstrapServers, Set<String> except) {
        this.except = except;
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        reader = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** A group that is behind on a partition: the offset that it has committed, and the end. */
    record Behind(String group, TopicPartition partition, long committed, long end) {}

    /**
     * Waits until every group has consumed everything, and every transaction that was open is over.
     *
     * @param context what a failure says besides
     */
    public void requireNone(String context) throws ExecutionException, InterruptedException {
        Instant start = Instant.now();
        List<Behind> behind = behind();
        Set<OpenTransaction> hanging = OpenTransaction.all(admin);
        while (!(behind.isEmpty() && hanging.isEmpty()) && Instant.now().isBefore(start.plus(AT_MOST))) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
            behind = behind();
            hanging.retainAll(OpenTransaction.all(admin));
        }
        assertThat(hanging).as("transactions that are not over; %s", context).isEmpty();
        if (!behind.isEmpty()) {
            fail(context + ": " + explain(behind.getFirst()));
        }
    }

    private List<Behind> behind() throws ExecutionException, InterruptedException {
        List<Behind> behind = new ArrayList<>();
        for (GroupListing group :
                admin.listGroups(ListGroupsOptions.forConsumerGroups()).all().get()) {
            if (except.contains(group.groupId())) {
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
                        if (at != null && hasRecords(partition, at.offset(), end.offset())) {
                            behind.add(new Behind(group.groupId(), partition, at.offset(), end.offset()));
                        }
                    });
        }
        return behind;
    }

    /** Whether there is more than markers of transactions, and records of those that were aborted. */
    private boolean hasRecords(TopicPartition partition, long from, long to) {
        if (from >= to) {
            return false;
        }
        reader.assign(Set.of(partition));
        reader.seek(partition, from);
        while (reader.position(partition) < to) {
            if (!reader.poll(READING).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** What Kafka says of a group that is behind: its members, whether its offset is stable, what transactions are open. */
    private String explain(Behind behind) throws InterruptedException {
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
        lines.add("open on partitions: " + told(() -> OpenTransaction.all(admin)));
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
        reader.close();
        admin.close(Duration.ofSeconds(5));
    }
}
