package io.plumbline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.local.chaos.OpenTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a broker that is restarted in the middle of commits leaves behind. */
class BrokerRestartTest {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerRestartTest.class);

    private static final String LETTERS = "letters";
    private static final int PARTITIONS = 800;
    private static final int PRODUCERS = 32;
    private static final int RESTARTS = 2;

    /** A transaction times out after a second; the coordinator looks every ten. */
    private static final Duration UNTIL_ABORTED = Duration.ofSeconds(40);

    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicInteger restarts = new AtomicInteger();
    private final AtomicInteger commits = new AtomicInteger();

    @Test
    void shouldLeaveNoTransactionOpenWhenTheBrokerIsRestartedAmidCommits() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
                ExecutorService threads = Executors.newFixedThreadPool(PRODUCERS)) {
            admin.createTopics(List.of(new NewTopic(LETTERS, PARTITIONS, (short) 1)))
                    .all()
                    .get();
            List<Future<?>> producing = new ArrayList<>();
            for (int i = 0; i < PRODUCERS; i++) {
                int number = i;
                producing.add(threads.submit(() -> commitUntilEnded(kafka.bootstrapServers(), number)));
            }
            try {
                for (int restart = 0; restart < RESTARTS; restart++) {
                    awaitCommits();
                    kafka.stop();
                    restarts.incrementAndGet();
                    kafka.restart();
                }
                awaitCommits();
            } finally {
                ended.set(true);
            }
            for (Future<?> each : producing) {
                each.get();
            }

            await("all transactions are over")
                    .atMost(UNTIL_ABORTED)
                    .untilAsserted(() -> assertThat(OpenTransaction.all(admin)).isEmpty());
        }
    }

    private void awaitCommits() {
        int before = commits.get();
        await().atMost(UNTIL_ABORTED).until(() -> commits.get() > before + 10 * PRODUCERS);
    }

    /**
     * Each restart has producers of its own, which go through the partitions: a later transaction of a producer in the same
     * partition would hide that one was left open.
     */
    private @Nullable Void commitUntilEnded(String bootstrapServers, int number)
            throws ExecutionException, InterruptedException {
        while (!ended.get()) {
            KafkaProducer<String, String> producer = producer(bootstrapServers);
            try (KafkaConsumer<String, String> consumer = consumer(bootstrapServers, "readers-" + number)) {
                producer.initTransactions();
                int before = restarts.get();
                while (restarts.get() == before && !ended.get()) {
                    int commit = commits.incrementAndGet();
                    producer.beginTransaction();
                    Future<RecordMetadata> sent =
                            producer.send(new ProducerRecord<>(LETTERS, commit % PARTITIONS, null, "dear reader"));
                    producer.sendOffsetsToTransaction(
                            Map.of(new TopicPartition(LETTERS, 0), new OffsetAndMetadata(commit)),
                            consumer.groupMetadata());
                    producer.commitTransaction();
                    sent.get();
                }
            } catch (KafkaException e) {
                LOG.info("producer {} leaves its transaction: {}", number, e.toString());
            } finally {
                producer.close(Duration.ZERO);
            }
        }
        return null;
    }

    private static KafkaProducer<String, String> producer(String bootstrapServers) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "transactional.id",
                        UUID.randomUUID().toString(),
                        "transaction.timeout.ms",
                        1_000),
                new StringSerializer(),
                new StringSerializer());
    }

    private static KafkaConsumer<String, String> consumer(String bootstrapServers, String group) {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "group.id", group),
                new StringDeserializer(),
                new StringDeserializer());
    }
}
