package io.plumbline.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.KafkaConfig;
import io.plumbline.topics.json.Json;
import io.plumbline.topics.record.DeadLetter;
import io.plumbline.topics.record.Tick;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkerSessionTest {

    private static final Tick TICK = new Tick("hourly", Instant.EPOCH, "clients", Instant.EPOCH);

    private final Topics topics = new Topics("", 1);
    private final TopicPartition partition = new TopicPartition(topics.ticks.name(), 0);
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final List<Received<Tick>> handled = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private long offset;

    @BeforeEach
    void assign() {
        consumer.subscribe(List.of(partition.topic()));
        consumer.rebalance(List.of(partition));
        consumer.updateBeginningOffsets(Map.of(partition, 0L));
        producer.initTransactions();
    }

    @Test
    void shouldCommitAnswersAndOffsetsInOneTransactionWhenABatchIsHandled() throws InterruptedException {
        add("clients", Json.text(TICK));
        add("clients", Json.text(TICK));

        int count = session(this::answerEach).pollAndAnswer();

        assertThat(count).isEqualTo(2);
        assertThat(handled).extracting(Received::offset).containsExactly(0L, 1L);
        assertThat(producer.history()).hasSize(2);
        assertThat(producer.commitCount()).isEqualTo(1);
        assertThat(committedOffset()).isEqualTo(2);
    }

    @Test
    void shouldWriteDeadLettersInTheSameTransactionWhenRecordsCannotBeRead() throws InterruptedException {
        add("clients", "{");
        add("clients", Json.text(TICK));
        add("clients", null);

        session(this::answerEach).pollAndAnswer();

        assertThat(handled).extracting(Received::offset).containsExactly(1L);
        assertThat(deadLetters()).extracting(DeadLetter::offset).containsExactly(0L, 2L);
        assertThat(deadLetters().getFirst().reason()).contains("is not a Tick");
        assertThat(deadLetters().getFirst().value()).isEqualTo("{");
        assertThat(producer.commitCount()).isEqualTo(1);
        assertThat(committedOffset()).isEqualTo(3);
    }

    @Test
    void shouldPollTheSameBatchAgainWhenTheHandlerThrows() throws InterruptedException {
        add("clients", Json.text(TICK));
        add("clients", Json.text(TICK));
        WorkerSession<Tick> session = session(batch -> {
            if (handled.isEmpty()) {
                handled.addAll(batch);
                throw new IllegalStateException("a bug");
            }
            return answerEach(batch);
        });

        assertThatThrownBy(session::pollAndAnswer)
                .isInstanceOf(BatchFailedException.class)
                .hasRootCauseMessage("a bug");

        assertThat(producer.history()).isEmpty();
        assertThat(consumer.position(partition)).isZero();
        // MockConsumer hands a record out once only.
        offset = 0;
        add("clients", Json.text(TICK));
        add("clients", Json.text(TICK));
        assertThat(session.pollAndAnswer()).isEqualTo(2);
        assertThat(handled).extracting(Received::offset).containsExactly(0L, 1L, 0L, 1L);
        assertThat(committedOffset()).isEqualTo(2);
    }

    @Test
    void shouldCommitNothingWhenAnAnswerCannotBeSent() {
        add("clients", Json.text(TICK));
        producer.sendException = new KafkaException("no leader");

        assertThatThrownBy(session(this::answerEach)::pollAndAnswer).isInstanceOf(KafkaException.class);

        assertThat(producer.transactionAborted()).isTrue();
        assertThat(producer.commitCount()).isZero();
        assertThat(producer.consumerGroupOffsetsHistory()).isEmpty();
    }

    @Test
    void shouldCommitNothingWhenAnotherMemberHasTakenOver() {
        add("clients", Json.text(TICK));
        producer.sendOffsetsToTransactionException = new ProducerFencedException("the generation is old");

        assertThatThrownBy(session(this::answerEach)::pollAndAnswer).isInstanceOf(ProducerFencedException.class);

        assertThat(producer.commitCount()).isZero();
    }

    @Test
    void shouldTellTheHandlerWhenPartitionsAreAssignedAndNotWhenNoneAre() {
        AtomicInteger told = new AtomicInteger();
        BatchHandler<Tick> handler = new BatchHandler<>() {
            @Override
            public List<ProducerRecord<byte[], byte[]>> handle(List<Received<Tick>> batch) {
                return List.of();
            }

            @Override
            public void assigned() {
                told.incrementAndGet();
            }
        };
        AssignmentTeller teller = new AssignmentTeller(handler);

        teller.onPartitionsRevoked(List.of(partition));
        teller.onPartitionsAssigned(List.of());
        assertThat(told).hasValue(0);
        teller.onPartitionsAssigned(List.of(partition));

        assertThat(told).hasValue(1);
    }

    @Test
    void shouldLeaveNoProducerBehindWhenTheConsumerCannotBeOpened() {
        // Only a consumer reads it, so that the producer is open by then.
        KafkaConfig kafka =
                new KafkaConfig("127.0.0.1:1", "", 1, (short) 1, null, Map.of("fetch.max.bytes", "not a number"));
        String clientId = "worker-that-cannot-open";

        assertThatThrownBy(() -> WorkerSession.open(
                        settings(this::answerEach, kafka), clientId, new WorkerMetrics("test", meters)))
                .hasMessageContaining("fetch.max.bytes");

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains(clientId));
    }

    private WorkerSession<Tick> session(BatchHandler<Tick> handler) {
        KafkaConfig kafka = new KafkaConfig("none:1", "", 1, (short) 1, null, Map.of());
        return new WorkerSession<>(
                settings(handler, kafka),
                new WorkerMetrics("test", meters),
                consumer,
                new RecordTransactions(producer));
    }

    private WorkerLoop.Settings<Tick> settings(BatchHandler<Tick> handler, KafkaConfig kafka) {
        return new WorkerLoop.Settings<>("test", topics.ticks, 1, 10, handler, kafka, topics, meters);
    }

    private List<ProducerRecord<byte[], byte[]>> answerEach(List<Received<Tick>> batch) {
        handled.addAll(batch);
        return batch.stream()
                .map(received -> topics.ticks.toRecord("answer", received.value()))
                .toList();
    }

    private void add(String key, @Nullable String value) {
        byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        consumer.addRecord(
                new ConsumerRecord<>(partition.topic(), 0, offset++, key.getBytes(StandardCharsets.UTF_8), bytes));
    }

    private long committedOffset() {
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
        producer.consumerGroupOffsetsHistory().forEach(groups -> groups.values().forEach(committed::putAll));
        OffsetAndMetadata last = committed.get(partition);
        return last == null ? -1 : last.offset();
    }

    private List<DeadLetter> deadLetters() {
        return producer.history().stream()
                .filter(record -> record.topic().equals(topics.deadLetters.name()))
                .map(record -> Json.parse(new String(record.value(), StandardCharsets.UTF_8), DeadLetter.class))
                .toList();
    }
}
