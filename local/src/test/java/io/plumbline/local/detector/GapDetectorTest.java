package io.plumbline.local.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.detector.GapDetectorMain;
import io.plumbline.local.EmbeddedKafka;
import io.plumbline.runtime.KafkaClients;
import io.plumbline.runtime.Received;
import io.plumbline.runtime.TopicCreator;
import io.plumbline.runtime.TopicReader;
import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.SeriesEvent;
import io.plumbline.topics.record.SeriesKey;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gap-detectors on a real broker. */
class GapDetectorTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int SYMBOLS = 6;
    private static final int MINUTES = 240;

    /** A slot of a series. */
    private record Slot(SeriesKey series, Instant openTime) {}

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path directory;

    @SuppressWarnings("NullAway.Init") // set before each test
    private EmbeddedKafka kafka;

    private final Topics topics = new Topics("", 2);
    private final Random random = new Random(1);
    private final Deque<AutoCloseable> detectors = new ArrayDeque<>();
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofHours(6));
    private final Set<Slot> lost = new HashSet<>();
    private int started;

    @BeforeEach
    void startKafka() {
        kafka = EmbeddedKafka.start();
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable detector : detectors) {
            detector.close();
        }
        kafka.close();
    }

    @Test
    void shouldFindTheGapsThatWereMadeWhileDetectorsComeAndGo() throws Exception {
        TopicCreator.ensure(config().kafka(), topics);

        detectors.add(startDetector());
        play(0, MINUTES / 3, false);
        detectors.add(startDetector());
        play(MINUTES / 3, 2 * MINUTES / 3, true);
        detectors.removeFirst().close();
        play(2 * MINUTES / 3, MINUTES, false);

        assertThat(lost).hasSizeGreaterThan(50);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(missing()).isEqualTo(lost));
    }

    /** Writes the candles of some minutes, loses some, writes some to the other partition. */
    private void play(int from, int to, boolean misplaced) throws Exception {
        List<Future<?>> sends = new ArrayList<>();
        try (Producer<byte[], byte[]> producer = new KafkaClients(config().kafka()).openProducer()) {
            for (int minute = from; minute < to; minute++) {
                for (int symbol = 0; symbol < SYMBOLS; symbol++) {
                    Slot slot = new Slot(
                            new SeriesKey("exchange", "S" + symbol, "1m"), start.plus(MINUTE.multipliedBy(minute)));
                    boolean edge = minute == 0 || minute == MINUTES - 1;
                    if (!edge && random.nextInt(10) == 0) {
                        lost.add(slot);
                    } else {
                        sends.add(producer.send(record(slot, misplaced && random.nextInt(5) == 0)));
                    }
                }
            }
            for (Future<?> send : sends) {
                send.get();
            }
        }
    }

    private ProducerRecord<byte[], byte[]> record(Slot slot, boolean anywhere) {
        BigDecimal price = BigDecimal.TEN;
        Candle candle = new Candle(
                slot.openTime().toEpochMilli(), price, price, price, price, price, 1, Candle.Origin.LIVE, true);
        ProducerRecord<byte[], byte[]> record =
                topics.candles.toRecord(slot.series().text(), candle);
        return new ProducerRecord<>(
                record.topic(),
                anywhere ? random.nextInt(2) : null,
                slot.openTime().plus(MINUTE).toEpochMilli(),
                record.key(),
                record.value());
    }

    /** What the events say is missing, up to the last minute played: after it the series are silent. */
    private Set<Slot> missing() {
        Set<Slot> missing = new HashSet<>();
        try (TopicReader<SeriesEvent> reader =
                new TopicReader<>(new KafkaClients(config().kafka()).openReader(), topics.seriesEvents, PATIENCE)) {
            reader.all().stream().map(Received::value).forEach(event -> {
                switch (event) {
                    case SeriesEvent.GapFound gap -> {
                        for (Instant at = gap.first(); !at.isAfter(gap.last()); at = at.plus(MINUTE)) {
                            missing.add(new Slot(gap.series(), at));
                        }
                    }
                    case SeriesEvent.SlotArrived arrived ->
                        missing.remove(new Slot(arrived.series(), arrived.openTime()));
                    case SeriesEvent.Mislabelled mislabelled ->
                        throw new AssertionError(mislabelled.series().text());
                    case SeriesEvent.Held held ->
                        throw new AssertionError(held.series().text());
                    case SeriesEvent.Active active -> {
                        // says nothing about slots
                    }
                }
            });
        }
        missing.removeIf(slot -> !slot.openTime().isBefore(start.plus(MINUTE.multipliedBy(MINUTES))));
        return missing;
    }

    private AutoCloseable startDetector() throws Exception {
        started++;
        return GapDetectorMain.start(config());
    }

    private PlumblineConfig config() {
        return ConfigFile.parse(
                """
                kafka: {bootstrap-servers: "%s", partitions: 2, state-dir: "%s"}
                postgres: {url: "jdbc:postgresql://unused/unused", user: unused, password: unused}
                mongo: {url: "mongodb://localhost", database: unused}
                candles: {lateness: 5m}
                datasets:
                  debts:
                    source: {table: debts, primary-key: [id]}
                    target: {collection: debts}
                    key: [{source: id, document: _id}]
                    fields: [{source: amount}]
                """.formatted(kafka.bootstrapServers(), directory.resolve("detector-" + started)), Map.of());
    }
}
