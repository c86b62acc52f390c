package io.plumbline.detector;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.detector.series.GapLedger;
import io.plumbline.runtime.StreamsApp;
import io.plumbline.topics.Topic;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.BackfillConfig;
import io.plumbline.topics.config.CacheScanConfig;
import io.plumbline.topics.config.CandlesConfig;
import io.plumbline.topics.config.KafkaConfig;
import io.plumbline.topics.config.RetryConfig;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.DeadLetter;
import io.plumbline.topics.record.SeriesCommand;
import io.plumbline.topics.record.SeriesEvent;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Timeframe;
import io.plumbline.topics.record.WorkAnswer;
import io.plumbline.topics.record.WorkCommand;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The topology of the series in Kafka's test driver, on a clock that the test moves. */
final class DetectorUnderTest implements AutoCloseable {

    static final Duration LATENESS = Duration.ofSeconds(10);
    static final Duration HOLD = Duration.ofHours(7);

    private final Topics topics;
    private final GapDetectorConfig config;
    private final List<SeriesEvent> events = new ArrayList<>();
    private TopologyTestDriver driver;
    private final RestoredStores restored = new RestoredStores();
    private final StoreSuppliers stores;
    private Instant now;

    DetectorUnderTest(Path stateDir, Instant start) {
        this(stateDir, start, 1);
    }

    DetectorUnderTest(Path stateDir, Instant start, int partitions) {
        this(stateDir, start, partitions, null, 500);
    }

    private DetectorUnderTest(
            Path stateDir, Instant start, int partitions, @Nullable StoreSuppliers stores, int seriesPerPiece) {
        topics = new Topics("", partitions);
        KafkaConfig kafka = new KafkaConfig("unused:9092", "", partitions, (short) 1, stateDir.toString(), Map.of());
        config = new GapDetectorConfig(kafka, topics, 1, candles(seriesPerPiece));
        this.stores = stores == null ? restored : stores;
        now = start;
        driver = open();
    }

    /** On the stores that it really has, which cannot be restarted. */
    static DetectorUnderTest onDisk(Path stateDir, Instant start) {
        return new DetectorUnderTest(stateDir, start, 1, StoreSuppliers.persistent(), 500);
    }

    /** With few series to a piece of a scan. */
    static DetectorUnderTest ofSmallPieces(Path stateDir, Instant start, int seriesPerPiece) {
        return new DetectorUnderTest(stateDir, start, 1, null, seriesPerPiece);
    }

    static Candle candle(Instant openTime) {
        BigDecimal price = BigDecimal.TEN;
        return new Candle(openTime.toEpochMilli(), price, price, price, price, price, 1, Candle.Origin.LIVE, true);
    }

    Topology topology() {
        return new SeriesTopology(config, new GapDetectorMetrics(new SimpleMeterRegistry()), stores).get();
    }

    Topics topics() {
        return topics;
    }

    /** Writes a record of {@code candles} as of now. */
    void write(@Nullable String key, @Nullable Candle candle) {
        input(topics.candles).pipeInput(key, candle, now);
    }

    /** Writes a record of {@code candles} as of then, whatever the clock says: a backlog. */
    void write(String key, @Nullable Candle candle, Instant at) {
        input(topics.candles).pipeInput(key, candle, at);
    }

    void pass(Duration time) {
        now = now.plus(time);
        driver.advanceWallClockTime(time);
    }

    /** Moves the clock to then. */
    void passTo(Instant then) {
        pass(Duration.between(now, then));
    }

    /** What was found out about series, but for what is asked. */
    List<SeriesEvent> events() {
        return said().stream()
                .filter(event -> !(event instanceof SeriesEvent.Active) && !(event instanceof SeriesEvent.Held))
                .toList();
    }

    <E extends SeriesEvent> List<E> events(Class<E> type) {
        return said().stream().filter(type::isInstance).map(type::cast).toList();
    }

    void command(SeriesCommand command) {
        input(topics.seriesCommands).pipeInput(command.series().text(), command, now);
    }

    void verifyEmpty(String series, long first, long last) {
        command(new SeriesCommand.VerifiedEmpty(SeriesKey.parse(series), List.of(new SlotRange(first, last))));
    }

    WorkAnswer plan(WorkCommand command) {
        input(topics.cacheScanPlans).pipeInput(command.key(), command, now);
        return read(topics.cacheScanAnswers).getLast();
    }

    /** Writes what may not be readable. */
    void writeBytes(Topic<String, ?> topic, String key, byte[] value) {
        driver.createInputTopic(
                        topic.name(),
                        Serdes.String().serializer(),
                        Serdes.ByteArray().serializer())
                .pipeInput(key, value, now);
    }

    /** Writes a record without a value. */
    void writeNothing(Topic<String, ?> topic, String key) {
        driver.createInputTopic(
                        topic.name(),
                        Serdes.String().serializer(),
                        Serdes.ByteArray().serializer())
                .pipeInput(key, null, now);
    }

    void heartbeat(@Nullable String key) {
        input(topics.heartbeats).pipeInput(key, new byte[] {1, 2, 3}, now);
    }

    GapLedger gaps(String series) {
        SeriesKey key = SeriesKey.parse(series);
        return new GapLedger(Timeframe.parse(key.timeframe()))
                .read(events().stream()
                        .filter(event -> event instanceof SeriesEvent.OfSeries of
                                && of.series().equals(key))
                        .toList());
    }

    List<DeadLetter> deadLetters() {
        return read(topics.deadLetters);
    }

    <V> List<V> read(Topic<String, V> topic) {
        return driver.createOutputTopic(
                        topic.name(),
                        Serdes.String().deserializer(),
                        topic.value().deserializer())
                .readValuesToList();
    }

    /** How many bytes the stores hold, keys and values. */
    long storedBytes() {
        long bytes = 0;
        KeyValueStore<Object, byte[]> series = driver.getKeyValueStore(SeriesStores.SERIES);
        KeyValueStore<Object, byte[]> blocks = driver.getKeyValueStore(SeriesStores.BLOCKS);
        for (KeyValueStore<Object, byte[]> store : List.of(series, blocks)) {
            try (KeyValueIterator<Object, byte[]> all = store.all()) {
                while (all.hasNext()) {
                    var entry = all.next();
                    bytes += entry.key instanceof Bytes key
                            ? key.get().length
                            : entry.key.toString().length();
                    bytes += entry.value.length;
                }
            }
        }
        return bytes;
    }

    /** How many candles are held, of whatever series. */
    long heldCandles() {
        KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore(HeldCandles.STORE);
        long held = 0;
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            for (; all.hasNext(); all.next()) {
                held++;
            }
        }
        return held;
    }

    /** Ends it and starts it on what its changelogs hold. */
    void restart() {
        events();
        restored.read(driver);
        driver.close();
        driver = open();
    }

    @Override
    public void close() {
        driver.close();
    }

    private List<SeriesEvent> said() {
        events.addAll(read(topics.seriesEvents));
        return events;
    }

    private TopologyTestDriver open() {
        return new TopologyTestDriver(
                topology(),
                StreamsApp.properties(
                        GapDetectorConfig.SERIES_APPLICATION,
                        new StreamsApp.Settings(config.kafka(), topics, 1, new SimpleMeterRegistry())),
                now);
    }

    private <V> TestInputTopic<String, V> input(Topic<String, V> topic) {
        return driver.createInputTopic(
                topic.name(), Serdes.String().serializer(), topic.value().serializer());
    }

    private static CandlesConfig candles(int seriesPerPiece) {
        return new CandlesConfig(
                LATENESS,
                Map.of(),
                Duration.ofDays(30),
                HOLD,
                new BackfillConfig(
                        Duration.ofSeconds(5),
                        2,
                        Duration.ofMinutes(1),
                        10,
                        new RetryConfig(3, Duration.ofSeconds(1), Duration.ofSeconds(30)),
                        Duration.ofMinutes(1)),
                new CacheScanConfig(seriesPerPiece, 4, Duration.ofMinutes(15)));
    }
}
