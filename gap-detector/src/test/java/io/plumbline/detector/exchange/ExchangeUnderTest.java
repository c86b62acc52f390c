package io.plumbline.detector.exchange;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.detector.RestoredStore;
import io.plumbline.runtime.StreamsApp;
import io.plumbline.runtime.TraceHeaders;
import io.plumbline.topics.Topic;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.BackfillConfig;
import io.plumbline.topics.config.KafkaConfig;
import io.plumbline.topics.config.RetryConfig;
import io.plumbline.topics.record.BackfillAnswer;
import io.plumbline.topics.record.BackfillCommand;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.CaseEvent;
import io.plumbline.topics.record.Gap;
import io.plumbline.topics.record.MissingSlots;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.SeriesCommand;
import io.plumbline.topics.record.SeriesEvent;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Timeframe;
import io.plumbline.topics.record.Trace;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The topology of the exchanges in Kafka's test driver, on a clock that the test moves. */
final class ExchangeUnderTest implements AutoCloseable {

    static final SeriesKey SERIES = new SeriesKey("coinbase", "BTC-EUR", "1m");
    static final Timeframe MINUTES = Timeframe.parse("1m");
    static final BackfillConfig RULES = new BackfillConfig(
            Duration.ofSeconds(5),
            2,
            Duration.ofMinutes(1),
            4,
            new RetryConfig(3, Duration.ofSeconds(1), Duration.ofSeconds(30)),
            Duration.ofMinutes(1));

    private final Topics topics = new Topics("", 1);
    private TopologyTestDriver driver;
    private final List<BackfillCommand> requests = new ArrayList<>();
    private final List<SeriesCommand> commands = new ArrayList<>();
    private final List<RunEvent> events = new ArrayList<>();
    private final Map<String, Gap> gaps = new HashMap<>();
    private final List<@Nullable Trace> traces = new ArrayList<>();
    private Instant now;

    private final Map<String, RestoredStore> restored = new HashMap<>();
    private final KafkaConfig kafka;

    ExchangeUnderTest(Path stateDir, Instant start) {
        now = start;
        kafka = new KafkaConfig("unused:9092", "", 1, (short) 1, stateDir.toString(), Map.of());
        driver = open();
    }

    Topology topology() {
        ExchangeRules rules = new ExchangeRules(RULES, Duration.ofDays(30), Map.of("coinbase", 300));
        return new ExchangeTopology(topics, rules, ExchangeMeters.NONE, this::restored).get();
    }

    /** The process ends and another takes over, with what the changelogs hold. */
    void restart() {
        read();
        for (String store : ExchangeStores.NAMES) {
            String changelog = ExchangeTopology.APPLICATION_ID + "-" + store + "-changelog";
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

    private RestoredStore restored(String store) {
        return restored.computeIfAbsent(store, RestoredStore::new);
    }

    private TopologyTestDriver open() {
        return new TopologyTestDriver(
                topology(),
                StreamsApp.properties(
                        ExchangeTopology.APPLICATION_ID,
                        new StreamsApp.Settings(kafka, topics, 1, new SimpleMeterRegistry())),
                now);
    }

    Instant now() {
        return now;
    }

    void pass(Duration time) {
        for (Duration left = time; left.isPositive(); left = left.minusSeconds(1)) {
            now = now.plusSeconds(1);
            driver.advanceWallClockTime(Duration.ofSeconds(1));
        }
    }

    void tell(SeriesEvent event) {
        pipe(topics.seriesEvents, event.exchange(), event);
    }

    /** The stream has found that slots are missing, which follow a slot that has traded. */
    void found(SeriesKey series, long first, long last) {
        found(series, first, first, last, first - 1);
    }

    void found(SeriesKey series, long first, long grownFrom, long last, @Nullable Long traded) {
        tell(new SeriesEvent.GapFound(
                series, at(first), at(grownFrom), at(last), traded == null ? null : at(traded), now));
    }

    /** A scan of a run has found that slots are missing in the cache. */
    void suspected(String run, SeriesKey series, long first, long last, Duration deadline) {
        suspected(run, series, first, last, deadline, null);
    }

    void suspected(String run, SeriesKey series, long first, long last, Duration deadline, @Nullable Trace trace) {
        CaseEvent suspected = new CaseEvent.Suspected(
                MissingSlots.of(series, new SlotRange(first, last)).entity(),
                run,
                "exchange:" + series.exchange(),
                null,
                now.plus(deadline),
                false);
        pipe(topics.cacheGaps, series.exchange(), suspected, trace);
    }

    void answer(BackfillAnswer answer) {
        pipe(topics.backfillResults, answer.series().exchange(), answer);
    }

    /** The requests that were made and not taken yet. */
    List<BackfillCommand> takeRequests() {
        read();
        List<BackfillCommand> taken = List.copyOf(requests);
        requests.clear();
        return taken;
    }

    List<SeriesCommand> takeCommands() {
        read();
        List<SeriesCommand> taken = List.copyOf(commands);
        commands.clear();
        return taken;
    }

    /** What runs were told of the gaps that are closed. */
    List<RunEvent.CaseSettled> settled() {
        read();
        return events.stream()
                .filter(RunEvent.CaseSettled.class::isInstance)
                .map(RunEvent.CaseSettled.class::cast)
                .toList();
    }

    /** The sum of all that a run was told to count. */
    Map<String, Long> counted(String run) {
        read();
        Map<String, Long> sum = new HashMap<>();
        for (RunEvent event : events) {
            Map<String, Long> counters = switch (event) {
                case RunEvent.CaseSettled settled -> settled.counters();
                case RunEvent.Counted counted -> counted.counters();
                default -> throw new AssertionError(event);
            };
            if (event.runId().equals(run)) {
                counters.forEach((name, count) -> sum.merge(name, count, Long::sum));
            }
        }
        return sum;
    }

    List<RunEvent> events() {
        read();
        return List.copyOf(events);
    }

    /** The latest of each gap. */
    Map<String, Gap> gaps() {
        read();
        return Map.copyOf(gaps);
    }

    /** What a store holds. */
    List<Object> entries(String store) {
        List<Object> entries = new ArrayList<>();
        try (KeyValueIterator<String, Object> all =
                driver.<String, Object>getKeyValueStore(store).all()) {
            all.forEachRemaining(entry -> entries.add(entry.value));
        }
        return entries;
    }

    static Instant at(long slot) {
        return Instant.ofEpochMilli(MINUTES.openTimeOf(slot));
    }

    static Candle candle(long slot) {
        BigDecimal price = BigDecimal.TEN;
        return new Candle(MINUTES.openTimeOf(slot), price, price, price, price, price, 1, Candle.Origin.LIVE, true);
    }

    /** The traces of the requests, gaps and what runs were told, in the order in which these were said. */
    List<@Nullable Trace> traces() {
        read();
        return Collections.unmodifiableList(traces);
    }

    private <V> void pipe(Topic<String, V> topic, String key, V value) {
        pipe(topic, key, value, null);
    }

    private <V> void pipe(Topic<String, V> topic, String key, V value, @Nullable Trace trace) {
        driver.createInputTopic(
                        topic.name(), topic.key().serializer(), topic.value().serializer())
                .pipeInput(new TestRecord<>(key, value, TraceHeaders.of(trace), now));
    }

    private void read() {
        requests.addAll(read(topics.backfillRequests));
        commands.addAll(read(topics.seriesCommands));
        events.addAll(read(topics.candleRunEvents));
        read(topics.gaps).forEach(gap -> gaps.put(gap.key(), gap));
    }

    private <V> List<V> read(Topic<String, V> topic) {
        List<TestRecord<String, V>> records = driver.createOutputTopic(
                        topic.name(),
                        Serdes.String().deserializer(),
                        topic.value().deserializer())
                .readRecordsToList();
        if (!topic.equals(topics.seriesCommands)) {
            records.forEach(record -> traces.add(TraceHeaders.read(record.headers())));
        }
        return records.stream().map(TestRecord::value).toList();
    }

    @Override
    public void close() {
        driver.close();
    }
}
