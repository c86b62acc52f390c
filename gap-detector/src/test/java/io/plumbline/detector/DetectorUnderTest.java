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
import io.plumbline.topics.record.SeriesEvent;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.Timeframe;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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

    private final Topics topics;
    private final GapDetectorConfig config;
    private final List<SeriesEvent> events = new ArrayList<>();
    private TopologyTestDriver driver;
    private final Map<String, RestoredStore> restored = new HashMap<>();
    private Instant now;

    DetectorUnderTest(Path stateDir, Instant start) {
        this(stateDir, start, 1);
    }

    DetectorUnderTest(Path stateDir, Instant start, int partitions) {
        topics = new Topics("", partitions);
        KafkaConfig kafka = new KafkaConfig("unused:9092", "", partitions, (short) 1, stateDir.toString(), Map.of());
        config = new GapDetectorConfig(kafka, topics, 1, candles());
        now = start;
        driver = open();
    }

    static Candle candle(Instant openTime) {
        BigDecimal price = BigDecimal.TEN;
        return new Candle(openTime.toEpochMilli(), price, price, price, price, price, 1, Candle.Origin.LIVE, true);
    }

    Topology topology() {
        return new SeriesTopology(config, new GapDetectorMetrics(new SimpleMeterRegistry()), this::restored).get();
    }

    Topics topics() {
        return topics;
    }

    /** Writes a record of {@code candles} as of now. */
    void write(@Nullable String key, @Nullable Candle candle) {
        input().pipeInput(key, candle, now);
    }

    /** Writes a record of {@code candles} as of then, whatever the clock says: a backlog. */
    void write(String key, @Nullable Candle candle, Instant at) {
        input().pipeInput(key, candle, at);
    }

    void pass(Duration time) {
        now = now.plus(time);
        driver.advanceWallClockTime(time);
    }

    /** Moves the clock to then. */
    void passTo(Instant then) {
        pass(Duration.between(now, then));
    }

    List<SeriesEvent> events() {
        events.addAll(read(topics.seriesEvents));
        return events;
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
        KeyValueStore<Object, byte[]> series = driver.getKeyValueStore(SeriesTracker.SERIES);
        KeyValueStore<Object, byte[]> blocks = driver.getKeyValueStore(SeriesTracker.BLOCKS);
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

    /** Ends it and starts it on what its changelogs hold. */
    void restart() {
        events();
        for (String store : List.of(SeriesTracker.SERIES, SeriesTracker.BLOCKS)) {
            String changelog = GapDetectorConfig.SERIES_APPLICATION + "-" + store + "-changelog";
            if (driver.producedTopicNames().contains(changelog)) {
                driver.createOutputTopic(
                                changelog,
                                Serdes.Bytes().deserializer(),
                                Serdes.ByteArray().deserializer())
                        .readKeyValuesToList()
                        .forEach(entry -> restored(store).change(entry.key, entry.value));
            }
        }
        driver.close();
        driver = open();
    }

    @Override
    public void close() {
        driver.close();
    }

    private RestoredStore restored(String store) {
        return restored.computeIfAbsent(store, RestoredStore::new);
    }

    private TopologyTestDriver open() {
        return new TopologyTestDriver(
                topology(),
                StreamsApp.properties(
                        GapDetectorConfig.SERIES_APPLICATION,
                        new StreamsApp.Settings(config.kafka(), topics, 1, new SimpleMeterRegistry())),
                now);
    }

    private TestInputTopic<String, Candle> input() {
        return driver.createInputTopic(
                topics.candles.name(),
                Serdes.String().serializer(),
                topics.candles.value().serializer());
    }

    static CandlesConfig candles() {
        return new CandlesConfig(
                LATENESS,
                Map.of(),
                Duration.ofDays(30),
                Duration.ofHours(7),
                new BackfillConfig(
                        Duration.ofSeconds(5),
                        2,
                        Duration.ofMinutes(1),
                        10,
                        new RetryConfig(3, Duration.ofSeconds(1), Duration.ofSeconds(30)),
                        Duration.ofMinutes(1)),
                new CacheScanConfig(500, 4, Duration.ofMinutes(15)));
    }
}
