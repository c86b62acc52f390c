package io.plumbline.local.ticker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.local.EmbeddedKafka;
import io.plumbline.runtime.KafkaClients;
import io.plumbline.runtime.Received;
import io.plumbline.runtime.TopicCreator;
import io.plumbline.runtime.TopicReader;
import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.ticker.TickerMain;
import io.plumbline.topics.Topic;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.record.DeadLetter;
import io.plumbline.topics.record.Schedule;
import io.plumbline.topics.record.Schedule.CatchUp;
import io.plumbline.topics.record.Tick;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tickers on a real broker. */
class TickerTest {

    private static final int SCHEDULES = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path directory;

    @SuppressWarnings("NullAway.Init") // set before each test
    private EmbeddedKafka kafka;

    private final Topics topics = new Topics("", 2);
    private final Deque<AutoCloseable> tickers = new ArrayDeque<>();
    private int started;

    @BeforeEach
    void startKafka() {
        kafka = EmbeddedKafka.start();
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable ticker : tickers) {
            ticker.close();
        }
        kafka.close();
    }

    @Test
    void shouldFireEachInstantOfTheTimeMissedExactlyOnceWhileTickersComeAndGo() throws Exception {
        TopicCreator.ensure(config("").kafka(), topics);
        Instant created = Instant.now().minus(Duration.ofDays(7));
        for (int i = 0; i < SCHEDULES; i++) {
            write("every-minute-" + i, schedule("* * * * *", CatchUp.ALL), created);
        }
        Instant until = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        List<Instant> expected = minutes(created, until);

        tickers.add(start(""));
        for (int i = 0; i < 4; i++) {
            tickers.add(start(""));
            tickers.removeFirst().close();
        }

        await().atMost(PATIENCE).until(() -> ticks().size() >= SCHEDULES * expected.size());
        Map<String, List<Instant>> fired = ticks().stream()
                .filter(tick -> !tick.nominal().isAfter(until))
                .collect(Collectors.groupingBy(Tick::schedule, Collectors.mapping(Tick::nominal, Collectors.toList())));
        assertThat(fired)
                .hasSize(SCHEDULES)
                .allSatisfy((name, instants) -> assertThat(instants).isEqualTo(expected));
    }

    @Test
    void shouldTakeOneTasksCareOfAScheduleWhateverPartitionItsRecordsAreOn() throws Exception {
        TopicCreator.ensure(config("").kafka(), topics);
        Instant created = Instant.now().minus(Duration.ofHours(3));
        send(new ProducerRecord<>("schedules", 0, created.toEpochMilli(), bytes("spread"), json("* * * * *")));
        send(new ProducerRecord<>("schedules", 1, created.toEpochMilli(), bytes("spread"), json("* * * * *")));
        send(new ProducerRecord<>("schedules", 0, created.toEpochMilli(), bytes("bad"), json("99 * * * *")));
        send(new ProducerRecord<>("schedules", 1, created.toEpochMilli(), bytes("worse"), bytes("{")));

        tickers.add(start(""));

        Instant until = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        await().atMost(PATIENCE)
                .until(() -> ticks().size() >= minutes(created, until).size());
        assertThat(ticks()).extracting(Tick::nominal).doesNotHaveDuplicates();
        assertThat(read(topics.deadLetters)).extracting(DeadLetter::key).containsExactlyInAnyOrder("bad", "worse");
    }

    @Test
    void shouldSeedOnceAndNeverOverAnOperatorsRecord() throws Exception {
        String seeded = """
                schedules:
                  nightly: {cron: "0 3 * * *", job: debts}
                  paused-by-operator: {cron: "0 3 * * *", job: debts}
                  deleted-by-operator: {cron: "0 3 * * *", job: debts}
                """;
        tickers.add(start(seeded));
        Schedule paused = new Schedule("0 3 * * *", null, "debts", null, true, false, null);
        write("paused-by-operator", paused, null);
        write("deleted-by-operator", null, null);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(schedules())
                        .hasEntrySatisfying(
                                "deleted-by-operator",
                                schedule -> assertThat(schedule.deleted()).isTrue()));
        tickers.removeFirst().close();

        tickers.add(start(seeded.replace("0 3", "0 4")));

        assertThat(schedules().get("nightly")).extracting("cron").isEqualTo("0 4 * * *");
        assertThat(schedules().get("paused-by-operator")).isEqualTo(paused);
        assertThat(schedules().get("deleted-by-operator")).extracting("deleted").isEqualTo(true);
    }

    private AutoCloseable start(String schedules) throws Exception {
        return TickerMain.start(config(schedules));
    }

    /** Each ticker has a directory of its own, as processes have. */
    private PlumblineConfig config(String schedules) {
        started++;
        return ConfigFile.parse(
                """
                kafka: {bootstrap-servers: "%s", partitions: 2, state-dir: "%s"}
                postgres: {url: "jdbc:postgresql://localhost/unused", user: app, password: plumbline}
                mongo: {url: "mongodb://localhost", database: unused}
                datasets:
                  debts:
                    source: {table: debts, primary-key: [id]}
                    target: {collection: debts}
                    key: [{source: id, document: _id}]
                    fields: [{source: amount}]
                """.formatted(kafka.bootstrapServers(), directory.resolve("ticker-" + started)) + schedules, Map.of());
    }

    private static Schedule schedule(String cron, CatchUp catchUp) {
        return new Schedule(cron, null, "debts", catchUp, false, false, null);
    }

    private static List<Instant> minutes(Instant after, Instant upTo) {
        Instant first = after.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        return LongStream.rangeClosed(0, Duration.between(first, upTo).toMinutes())
                .mapToObj(minute -> first.plus(minute, ChronoUnit.MINUTES))
                .toList();
    }

    @SuppressWarnings("NullAway") // null is a tombstone
    private void write(String name, @Nullable Schedule schedule, @Nullable Instant at) throws Exception {
        ProducerRecord<byte[], byte[]> record = topics.schedules.toRecord(name, schedule);
        send(new ProducerRecord<>(
                record.topic(), null, at == null ? null : at.toEpochMilli(), record.key(), record.value()));
    }

    private void send(ProducerRecord<byte[], byte[]> record) throws Exception {
        try (Producer<byte[], byte[]> producer = new KafkaClients(config("").kafka()).openProducer()) {
            producer.send(record).get();
        }
    }

    private static byte[] json(String cron) {
        return bytes("{\"cron\": \"%s\", \"job\": \"debts\", \"catch-up\": \"all\"}".formatted(cron));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Those of the schedules under test, in the order of each partition. */
    private List<Tick> ticks() {
        List<Tick> ticks = new ArrayList<>(read(topics.ticks));
        ticks.removeIf(tick -> tick.schedule().startsWith("debts-"));
        return ticks;
    }

    private Map<String, Schedule> schedules() {
        try (TopicReader<Schedule> reader = reader(topics.schedules)) {
            return reader.latest();
        }
    }

    private <V> List<V> read(Topic<String, V> topic) {
        try (TopicReader<V> reader = reader(topic)) {
            return reader.all().stream().map(Received::value).toList();
        }
    }

    private <V> TopicReader<V> reader(Topic<String, V> topic) {
        return new TopicReader<>(new KafkaClients(config("").kafka()).openReader(), topic, PATIENCE);
    }
}
