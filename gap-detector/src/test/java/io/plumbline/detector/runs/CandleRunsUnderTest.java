package io.plumbline.detector.runs;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.runs.RunMeters;
import io.plumbline.runs.RunTopology;
import io.plumbline.runtime.StreamsApp;
import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.topics.Topic;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.record.CaseEvent;
import io.plumbline.topics.record.DeadLetter;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.Suspect;
import io.plumbline.topics.record.Tick;
import io.plumbline.topics.record.Work;
import io.plumbline.topics.record.WorkAnswer;
import io.plumbline.topics.record.WorkCommand;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;

/**
 * The coordinator of candle runs with a clock in the test's hands; the test plays the tasks that plan scans, the workers
 * that scan, and the stage of the exchange that fills gaps.
 */
final class CandleRunsUnderTest implements AutoCloseable {

    static final Instant START = Instant.parse("2026-11-21T22:00:00Z");
    static final String GROUP = "exchange:coinbase";

    private static final String APPLICATION = "plumbline-candle-runs";
    static final String CONFIG = """
            kafka: {bootstrap-servers: "unused:9092", partitions: 2, state-dir: "%s"}
            postgres: {url: "jdbc:postgresql://unused/app", user: app, password: plumbline}
            mongo: {url: "mongodb://unused", database: app}
            redis: {nodes: ["unused:6379"]}
            exchanges:
              coinbase: {adapter: coinbase, base-url: "https://unused", timeframes: [1m]}
            candles:
              scan: {outstanding: 4, deadline: 4m}
            jobs:
              both: {kind: sequence, steps: [coinbase-candles, coinbase-candles-hourly]}
            datasets:
              mails:
                source: {table: mails, primary-key: [id]}
                target: {collection: mails}
                key: [{source: id, document: _id}]
                fields: [{source: amount}]
            """;

    private final Topics topics = new Topics("", 2);
    private final PlumblineConfig config;
    private final TopologyTestDriver driver;
    private final TestOutputTopic<String, Report> newReports;
    private final List<Report> reports = new ArrayList<>();
    private Instant now = START;

    CandleRunsUnderTest(Path stateDir) {
        config = ConfigFile.parse(CONFIG.formatted(stateDir), Map.of());
        driver = new TopologyTestDriver(
                topology(),
                StreamsApp.properties(
                        APPLICATION, new StreamsApp.Settings(config.kafka(), topics, 1, new SimpleMeterRegistry())),
                START);
        newReports = output(topics.reconciliationReport);
    }

    Topology topology() {
        return new RunTopology(APPLICATION, CandleJobs.topics(topics), new CandleJobs(config), RunMeters.NONE).get();
    }

    void pass(Duration time) {
        now = now.plus(time);
        driver.advanceWallClockTime(time);
    }

    void tick(String job, Instant nominal) {
        input(topics.ticks).pipeInput(job, new Tick(job, nominal, job, now), now);
        pass(Duration.ofMillis(100));
    }

    void trigger(String json) {
        TestInputTopic<byte[], byte[]> triggers = driver.createInputTopic(
                topics.manualTrigger.name(), new ByteArraySerializer(), new ByteArraySerializer());
        triggers.pipeInput(null, json.getBytes(StandardCharsets.UTF_8), now);
        pass(Duration.ofMillis(100));
    }

    /** The plans that were sent since the test looked last. */
    List<WorkCommand> plans() {
        return output(topics.cacheScanPlans).readValuesToList();
    }

    List<WorkCommand> scans() {
        return output(topics.cacheScans).readValuesToList();
    }

    List<KeyValue<String, CaseEvent>> gaps() {
        return output(topics.cacheGaps).readKeyValuesToList();
    }

    List<DeadLetter> deadLetters() {
        return output(topics.deadLetters).readValuesToList();
    }

    /** A task's answer to a plan: how many slots are verified to be empty, and what to scan. */
    void planned(WorkCommand plan, long empty, Work... next) {
        answer(plan, Map.of("slots_expected", empty, "verified_empty", empty), List.of(), List.of(next));
    }

    /** A worker's answer: slots that were there, and the gaps with as many missing slots. */
    void scanned(WorkCommand scan, long present, long missing, EntityKey... gaps) {
        answer(
                scan,
                Map.of(
                        "series_scanned",
                        1L,
                        "slots_expected",
                        present + missing,
                        "slots_present",
                        present,
                        "slots_missing",
                        missing),
                List.of(gaps).stream().map(gap -> new Suspect(gap, null)).toList(),
                List.of());
    }

    void answer(WorkAnswer answer) {
        input(topics.cacheScanAnswers).pipeInput(answer.group(), answer, now);
    }

    /** The stage of the exchange says what became of a gap. */
    void settled(String runId, EntityKey gap, Map<String, Long> counters) {
        event(new RunEvent.CaseSettled(runId, gap, counters, null));
    }

    void event(RunEvent event) {
        input(topics.candleRunEvents).pipeInput(GROUP, event, now);
    }

    /** The newest report of a run. */
    Report report(String runId) {
        return reports().stream()
                .filter(report -> report.runId().equals(runId))
                .reduce((older, newer) -> newer)
                .orElseThrow(() -> new AssertionError("no report of " + runId + " but " + reports));
    }

    List<Report> reports() {
        reports.addAll(newReports.readValuesToList());
        return reports;
    }

    /** A piece of work on one series. */
    static Work.ScanCache scanOf(String symbol) {
        Work.ExpectedSlots slots =
                new Work.ExpectedSlots(new SeriesKey("coinbase", symbol, "1m"), 1, 30, List.of(), List.of());
        return new Work.ScanCache(false, List.of(slots));
    }

    /** The gap of a series of one-minute candles. */
    static EntityKey gap(String symbol, String first, String last) {
        return EntityKey.of("coinbase", symbol, "1m", first, last);
    }

    @Override
    public void close() {
        driver.close();
    }

    private void answer(WorkCommand command, Map<String, Long> counters, List<Suspect> suspects, List<Work> next) {
        answer(WorkAnswer.done(command, counters, suspects, List.of(), next, null, List.of()));
    }

    private <V> TestInputTopic<String, V> input(Topic<String, V> topic) {
        return driver.createInputTopic(
                topic.name(), topic.key().serializer(), topic.value().serializer());
    }

    private <V> TestOutputTopic<String, V> output(Topic<String, V> topic) {
        return driver.createOutputTopic(
                topic.name(), topic.key().deserializer(), topic.value().deserializer());
    }
}
