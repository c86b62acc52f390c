package io.plumbline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.THROWABLE;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.runtime.BatchHandler;
import io.plumbline.runtime.KafkaClients;
import io.plumbline.runtime.Received;
import io.plumbline.runtime.StreamsApp;
import io.plumbline.runtime.TopicCreator;
import io.plumbline.runtime.TopicMismatchException;
import io.plumbline.runtime.TopicReader;
import io.plumbline.runtime.WorkerLoop;
import io.plumbline.topics.Topic;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.KafkaConfig;
import io.plumbline.topics.record.DeadLetter;
import io.plumbline.topics.record.RunEnd;
import io.plumbline.topics.record.RunStatus;
import io.plumbline.topics.record.Schedule;
import io.plumbline.topics.record.Tick;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The runtime's promises on a real broker. Each test has topics of its own, by prefix. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RuntimeOnKafkaTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private EmbeddedKafka kafka;

    @TempDir
    private Path directory;

    @BeforeAll
    void startKafka() {
        kafka = EmbeddedKafka.start();
    }

    @AfterAll
    void stopKafka() {
        kafka.close();
    }

    @Test
    void shouldCreateTheTopicsOnceWhenTwoAppsEnsureThem() throws InterruptedException {
        TopicCreator.ensure(config("twice."), new Topics("twice.", 2));

        TopicCreator.ensure(config("twice."), new Topics("twice.", 2));
    }

    @Test
    void shouldSayWhatToDoWhenATopicContradictsItsDeclaration() throws InterruptedException {
        TopicCreator.ensure(config("other."), new Topics("other.", 2));

        assertThatThrownBy(() -> TopicCreator.ensure(config("other."), new Topics("other.", 3)))
                .isInstanceOf(TopicMismatchException.class)
                .hasMessageContaining("other.ticks has 2 partitions, declared are 3")
                .hasMessageContaining("Set kafka.partitions to 2");
    }

    @Test
    void shouldAnswerEachCommandOnceWhenHandlersFailAndTheBrokerRestarts() throws Exception {
        Topics topics = topics("worker.");
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch some = new CountDownLatch(5);
        BatchHandler<Tick> handler = batch -> {
            some.countDown();
            if (calls.incrementAndGet() % 5 == 0) {
                throw new IllegalStateException("fails now and then");
            }
            return batch.stream()
                    .map(tick -> topics.runEnds.toRecord(end(tick).job(), end(tick)))
                    .toList();
        };
        send(IntStream.range(0, 1000)
                .mapToObj(i -> topics.ticks.toRecord("job-" + i, tick(i)))
                .toList());
        send(List.of(new ProducerRecord<>(topics.ticks.name(), bytes("bad"), bytes("{"))));

        WorkerLoop loop = WorkerLoop.start(settings("worker.", topics, handler));
        try (loop) {
            assertThat(some.await(60, TimeUnit.SECONDS)).isTrue();
            kafka.stop();
            kafka.restart();

            await().atMost(PATIENCE.multipliedBy(2))
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(
                            () -> assertThat(all("worker.", topics.runEnds)).hasSizeGreaterThanOrEqualTo(1000));
        }

        assertThat(all("worker.", topics.runEnds))
                .extracting(RunEnd::runId)
                .hasSize(1000)
                .doesNotHaveDuplicates();
        assertThat(all("worker.", topics.deadLetters))
                .extracting(DeadLetter::key)
                .containsExactly("bad");
    }

    @Test
    void shouldStopWithinTenSecondsAndSayThatItBrokeOffWhenAHandlerIsBusy() throws Exception {
        Topics topics = topics("busy.");
        CountDownLatch entered = new CountDownLatch(1);
        WorkerLoop loop = WorkerLoop.start(settings("busy.", topics, batch -> {
            entered.countDown();
            new CountDownLatch(1).await();
            return List.of();
        }));
        send(List.of(topics.ticks.toRecord("job", tick(1))));
        entered.await();
        long start = System.nanoTime();

        assertThatThrownBy(loop::close)
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .singleElement(THROWABLE)
                        .hasMessageContaining("busy.plumbline-test-")
                        .hasMessageContaining("its batch is not committed"));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(11));
        assertThat(all("busy.", topics.runEnds)).isEmpty();
    }

    @Test
    void shouldMeasureLagAndDeadLettersWhenAWorkerRunsAndNoLagWhenItHasEnded() throws Exception {
        Topics topics = topics("measured.");
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        send(List.of(new ProducerRecord<>(topics.ticks.name(), bytes("bad"), bytes("{"))));

        try (WorkerLoop loop = WorkerLoop.start(new WorkerLoop.Settings<>(
                "measured", topics.ticks, 1, 20, batch -> List.of(), config("measured."), topics, meters))) {
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(meters.find("kafka.consumer.fetch.manager.records.lag.max")
                                .meters())
                        .hasSize(1);
                assertThat(meters.get("plumbline.dead.letters")
                                .tag("app", "measured")
                                .counter()
                                .count())
                        .isEqualTo(1);
            });
        }

        assertThat(meters.find("kafka.consumer.fetch.manager.records.lag.max").meters())
                .isEmpty();
    }

    @Test
    void shouldSayThatAWorkerWaitsWhileAnOffsetIsInATransactionThatIsNotOver() throws Exception {
        Topics topics = topics("waiting.");
        KafkaClients clients = new KafkaClients(config("waiting."));
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        WorkerLoop.Settings<Tick> settings = new WorkerLoop.Settings<>(
                "waiting", topics.ticks, 1, 20, batch -> List.of(), config("waiting."), topics, meters);
        String group = "waiting.plumbline-waiting";
        try (Producer<byte[], byte[]> producer = clients.openTransactionalProducer("another");
                Consumer<byte[], byte[]> member = clients.openGroupMember(group, "another", 1)) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.sendOffsetsToTransaction(
                    Map.of(new TopicPartition(topics.ticks.name(), 0), new OffsetAndMetadata(0)),
                    member.groupMetadata());

            try (WorkerLoop loop = WorkerLoop.start(settings)) {
                // One such offset holds up all partitions that were assigned together.
                await().atMost(PATIENCE).until(() -> waiting(meters) > 0);
                producer.abortTransaction();

                await().atMost(PATIENCE).until(() -> waiting(meters) == 0);
            }
        }
    }

    private static double waiting(SimpleMeterRegistry meters) {
        return meters.get("plumbline.worker.waiting").gauge().value();
    }

    @Test
    void shouldWriteDeadLettersAndHeadersWhenAStreamRuns() throws Exception {
        Topics topics = topics("stream.");
        KafkaConfig config = config("stream.");
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        send(List.of(new ProducerRecord<>(topics.ticks.name(), bytes("bad"), bytes("[]"))));
        send(List.of(topics.ticks.toRecord("good", tick(1))));

        StreamsApp.Settings settings = new StreamsApp.Settings(config, topics, 1, meters);
        try (StreamsApp app = StreamsApp.start("plumbline-test", schedulesOfTicks(topics), settings)) {
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(all("stream.", topics.schedules)).hasSize(1));
            assertThat(app.isRunning()).isTrue();
        }

        assertThat(all("stream.", topics.deadLetters))
                .extracting(DeadLetter::key, DeadLetter::app)
                .containsExactly(tuple("bad", "stream.plumbline-test"));
        assertThat(meters.get("plumbline.dead.letters")
                        .tag("app", "plumbline-test")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void shouldSayThatItDidNotEndInTimeWhenAStreamIsBusy() throws Exception {
        Topics topics = topics("busy-stream.");
        CountDownLatch entered = new CountDownLatch(1);
        CompletableFuture<Void> free = new CompletableFuture<>();
        Topology busy = schedulesOf(topics, tick -> {
            entered.countDown();
            free.join();
            return tick.job();
        });
        StreamsApp app = StreamsApp.start(
                "plumbline-busy",
                busy,
                new StreamsApp.Settings(config("busy-stream."), topics, 1, new SimpleMeterRegistry()));
        send(List.of(topics.ticks.toRecord("job", tick(1))));
        entered.await();

        assertThatThrownBy(app::close)
                .hasMessageContaining("plumbline-busy did not end")
                .hasMessageContaining("is not committed");

        free.complete(null);
    }

    private static Topology schedulesOfTicks(Topics topics) {
        return schedulesOf(topics, Tick::job);
    }

    private static Topology schedulesOf(Topics topics, Function<Tick, String> job) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(
                        topics.ticks.name(),
                        Consumed.with(Serdes.String(), topics.ticks.value()).withName("ticks"))
                .mapValues(
                        tick -> new Schedule("* * * * *", null, job.apply(tick), null, false, false, null),
                        Named.as("to-schedule"))
                .to(
                        topics.schedules.name(),
                        Produced.with(Serdes.String(), topics.schedules.value()).withName("schedules"));
        return builder.build();
    }

    private static Tick tick(int number) {
        return new Tick("hourly", Instant.ofEpochSecond(number), "job-" + number, Instant.EPOCH);
    }

    private static RunEnd end(Received<Tick> received) {
        Tick tick = received.value();
        return new RunEnd(tick.job() + "." + tick.nominal(), tick.job(), "group", RunStatus.COMPLETED, tick.nominal());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private WorkerLoop.Settings<Tick> settings(String prefix, Topics topics, BatchHandler<Tick> handler) {
        return new WorkerLoop.Settings<>(
                "test", topics.ticks, 2, 20, handler, config(prefix), topics, new SimpleMeterRegistry());
    }

    private Topics topics(String prefix) throws InterruptedException {
        Topics topics = new Topics(prefix, 2);
        TopicCreator.ensure(config(prefix), topics);
        return topics;
    }

    private KafkaConfig config(String prefix) {
        return new KafkaConfig(
                kafka.bootstrapServers(),
                prefix,
                2,
                (short) 1,
                directory.resolve(prefix).toString(),
                Map.of());
    }

    private void send(List<ProducerRecord<byte[], byte[]>> records) throws ExecutionException, InterruptedException {
        try (Producer<byte[], byte[]> producer = new KafkaClients(config("")).openProducer()) {
            List<Future<?>> sends = new ArrayList<>();
            records.forEach(record -> sends.add(producer.send(record)));
            for (Future<?> send : sends) {
                send.get();
            }
        }
    }

    private <V> List<V> all(String prefix, Topic<String, V> topic) {
        try (TopicReader<V> reader =
                new TopicReader<>(new KafkaClients(config(prefix)).openReader(), topic, PATIENCE)) {
            return reader.all().stream().map(Received::value).toList();
        }
    }
}
