package io.plumbline.reconciler.kinds;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.runs.RunMeters;
import io.plumbline.runs.RunTopology;
import io.plumbline.runtime.StreamsApp;
import io.plumbline.runtime.TraceHeaders;
import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.topics.Topic;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.record.AnswerStatus;
import io.plumbline.topics.record.CaseEvent;
import io.plumbline.topics.record.Checkpoint;
import io.plumbline.topics.record.DeadLetter;
import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.FieldDifference;
import io.plumbline.topics.record.Look;
import io.plumbline.topics.record.RepairOutcome;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunEnd;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.Suspect;
import io.plumbline.topics.record.Tick;
import io.plumbline.topics.record.Trace;
import io.plumbline.topics.record.Verdict;
import io.plumbline.topics.record.Work;
import io.plumbline.topics.record.WorkAnswer;
import io.plumbline.topics.record.WorkCommand;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The runs topology with a clock in the test's hands; the test plays users, workers and cases. */
final class RunsUnderTest implements AutoCloseable {

    private static final String APPLICATION = "plumbline-runs";

    static final Instant START = Instant.parse("2026-11-21T22:00:00Z");
    static final FieldDifference DIFFERENCE = new FieldDifference("amount", "value", "2", "1");

    /** Two datasets that share nothing, and an exchange, which is not the reconciler's; the breaker of the first holds more than 5 repairs. */
    static final String CONFIG = """
            kafka: {bootstrap-servers: "unused:9092", partitions: 1, state-dir: "%s"}
            postgres: {url: "jdbc:postgresql://unused/app", user: app, password: plumbline}
            mongo: {url: "mongodb://unused", database: app}
            redis: {nodes: ["unused:6379"]}
            exchanges: {coinbase: {adapter: coinbase, base-url: "https://unused"}}
            datasets:
              mails:
                source: {table: mails, primary-key: [id], change-time: updated_at}
                target: {collection: mails}
                key: [{source: id, document: _id}]
                fields: [{source: amount}]
                outbox: {table: outbox_messages}
                breaker: {max-count: 5, max-ratio: 0.5, sliding-window: 10m}
                outstanding: 2
                segment-size: 100
                deadline: 10m
                unavailable-after: 60s
                retry: {attempts: 3, first: 1s, longest: 30s}
              invoices:
                source: {table: invoices, primary-key: [id]}
                target: {collection: invoices}
                key: [{source: id, document: _id}]
                fields: [{source: amount}]
                repair: %s
                extras: %s
            """;

    final PlumblineConfig config;
    final Topics topics = new Topics("", 1);
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> triggers;
    private final TestOutputTopic<String, Report> reports;
    private final List<Report> allReports = new ArrayList<>();
    private Instant now = START;

    RunsUnderTest() {
        this("auto", "delete");
    }

    RunsUnderTest(String repair, String extras) {
        config = ConfigFile.parse(CONFIG.formatted(TestDirectories.fresh("runs"), repair, extras), Map.of());
        driver = new TopologyTestDriver(
                topology(),
                StreamsApp.properties(
                        APPLICATION, new StreamsApp.Settings(config.kafka(), topics, 1, new SimpleMeterRegistry())),
                START);
        triggers = driver.createInputTopic(
                topics.manualTrigger.name(), new ByteArraySerializer(), new ByteArraySerializer());
        reports = output(topics.reconciliationReport);
    }

    Topology topology() {
        return new RunTopology(APPLICATION, DocumentJobs.topics(topics), new DocumentJobs(config), RunMeters.NONE)
                .get();
    }

    Instant now() {
        return now;
    }

    /** Lets time pass, so that what is due happens. */
    void pass(Duration time) {
        now = now.plus(time);
        driver.advanceWallClockTime(time);
    }

    /** Lets the time pass that starting a run takes, or deciding. */
    void tick() {
        pass(Duration.ofMillis(100));
    }

    void tick(String job, Instant nominal) {
        input(topics.ticks).pipeInput(job, new Tick(job, nominal, job, now), now);
        tick();
    }

    void trigger(String json) {
        triggerWithoutWaiting(json.getBytes(StandardCharsets.UTF_8));
        tick();
    }

    void trigger(String json, Trace trace) {
        triggers.pipeInput(new TestRecord<>(null, json.getBytes(StandardCharsets.UTF_8), TraceHeaders.of(trace), now));
        tick();
    }

    void triggerWithoutWaiting(byte @Nullable [] value) {
        triggers.pipeInput(null, value, now);
    }

    void answer(WorkAnswer answer) {
        input(topics.workAnswers).pipeInput(answer.group(), answer, now);
    }

    void event(String group, RunEvent event) {
        input(topics.runEvents).pipeInput(group, event, now);
    }

    List<WorkCommand> work() {
        return output(topics.work).readValuesToList();
    }

    /** The one piece of work that was sent since the test looked last. */
    WorkCommand onlyWork() {
        List<WorkCommand> work = work();
        if (work.size() != 1) {
            throw new AssertionError("not one piece of work: " + work);
        }
        return work.getFirst();
    }

    List<CaseEvent> caseEvents() {
        return output(topics.caseEvents).readValuesToList();
    }

    List<RunEnd> ends() {
        return output(topics.runEnds).readValuesToList();
    }

    Map<String, Checkpoint> checkpoints() {
        return output(topics.checkpoints).readKeyValuesToMap();
    }

    List<DeadLetter> deadLetters() {
        return output(topics.deadLetters).readValuesToList();
    }

    /** All reports since the beginning. */
    List<Report> reports() {
        allReports.addAll(reports.readValuesToList());
        return allReports;
    }

    /** The newest report of a run. */
    Report report(String runId) {
        return reports().stream()
                .filter(report -> report.runId().equals(runId))
                .reduce((older, newer) -> newer)
                .orElseThrow(() -> new AssertionError("no report of " + runId));
    }

    /** Entries that all stores hold. */
    int stateSize() {
        int size = 0;
        try (var all = driver.getKeyValueStore("run-state").all()) {
            while (all.hasNext()) {
                all.next();
                size++;
            }
        }
        return size;
    }

    @Override
    public void close() {
        driver.close();
    }

    static EntityKey mail(int id) {
        return EntityKey.of("mails", Integer.toString(id));
    }

    static Suspect suspect(EntityKey entity) {
        return new Suspect(entity, new Look(DriftClass.DIFFERENT, "s", "1", "t", List.of(DIFFERENCE), List.of(), null));
    }

    /** A plan's answer: what comes next, and the position it vouches up to. */
    static WorkAnswer planned(WorkCommand command, Work... next) {
        return answer(command, Map.of(), List.of(), List.of(next), "position-1");
    }

    /** A segment's answer: how many matched, and its suspects. */
    static WorkAnswer compared(WorkCommand command, long matched, EntityKey... suspects) {
        Map<String, Long> counters = Map.of("checked", matched + suspects.length, "matched", matched);
        return answer(
                command,
                counters,
                List.of(suspects).stream().map(RunsUnderTest::suspect).toList(),
                List.of(),
                null);
    }

    static WorkAnswer without(WorkCommand command, AnswerStatus status, String reason) {
        return WorkAnswer.without(command, status, reason);
    }

    static WorkAnswer answer(
            WorkCommand command,
            Map<String, Long> counters,
            List<Suspect> suspects,
            List<Work> next,
            @Nullable String position) {
        return WorkAnswer.done(command, counters, suspects, List.of(), next, position, List.of());
    }

    static RunEvent confirmed(String runId, EntityKey entity) {
        return new RunEvent.CaseConfirmed(runId, entity, DriftClass.DIFFERENT, List.of(DIFFERENCE));
    }

    static RunEvent closed(String runId, EntityKey entity, Verdict verdict, @Nullable RepairOutcome repair) {
        List<FieldDifference> differences = verdict == Verdict.DIFFERENT ? List.of(DIFFERENCE) : List.of();
        return new RunEvent.CaseClosed(runId, entity, verdict, repair, differences, null);
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
