package io.plumbline.reconciler.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.runtime.StreamsApp;
import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.topics.Topic;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.KafkaConfig;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.record.AnswerStatus;
import io.plumbline.topics.record.CaseEvent;
import io.plumbline.topics.record.CaseEvent.Decision;
import io.plumbline.topics.record.CheckAnswer;
import io.plumbline.topics.record.CheckCommand;
import io.plumbline.topics.record.ClockTime;
import io.plumbline.topics.record.DeadLetter;
import io.plumbline.topics.record.Drift;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.Look;
import io.plumbline.topics.record.RepairAnswer;
import io.plumbline.topics.record.RepairAnswer.Result;
import io.plumbline.topics.record.RepairCommand;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.RunEvent.CaseClosed;
import io.plumbline.topics.record.RunEvent.CaseConfirmed;
import io.plumbline.topics.record.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaseTopologyTest {

    private static final Instant START = Instant.parse("2026-11-21T22:30:00Z");
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final EntityKey ENTITY = EntityKey.of("mails", "2007/255", "7");
    private static final String CONTINUOUS = "mails.continuous.2026-11-21T22";
    private static final String CONFIG = """
            kafka: {bootstrap-servers: "localhost:9092"}
            postgres: {url: "jdbc:postgresql://localhost/app", user: app, password: plumbline}
            mongo: {url: "mongodb://localhost", database: app}
            datasets:
              mails:
                source: {table: incoming_emails, primary-key: [id], change-time: updated_at}
                target: {collection: clients}
                key: [{source: file_number, document: _id}]
                fields: [{source: status}]
                group: correspondence
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path stateDir;

    @SuppressWarnings("NullAway.Init") // set before each test
    private TopologyTestDriver driver;

    private final Topics topics = new Topics("", 1);
    private final PlumblineConfig config = ConfigFile.parse(CONFIG, Map.of());
    private Instant now = START;

    @BeforeEach
    void start() {
        KafkaConfig kafka = new KafkaConfig("unused:9092", "", 1, (short) 1, stateDir.toString(), Map.of());
        driver = new TopologyTestDriver(
                new CaseTopology(config, topics).get(),
                StreamsApp.properties(
                        CaseTopology.APPLICATION_ID,
                        new StreamsApp.Settings(kafka, topics, 1, new SimpleMeterRegistry())),
                START);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void shouldHaveTheTopologyThatWasMeant() throws IOException {
        try (InputStream golden = Objects.requireNonNull(getClass().getResourceAsStream("/cases/topology.txt"))) {
            assertThat(new CaseTopology(config, topics).get().describe().toString())
                    .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void shouldLeadAChangeFromTheOutboxToARepairedDrift() {
        event(new CaseEvent.Changed(ENTITY, "e1", 1, now));
        assertThat(read(topics.fastChecks)).isEmpty();

        pass(GRACE);
        CheckCommand first = only(topics.fastChecks);
        assertThat(first.entity()).isEqualTo(ENTITY);
        answer(first, Looks.of("a", "1", "x"));
        pass(GRACE);
        answer(only(topics.fastChecks), Looks.of("a", "1", "x"));
        assertThat(only(topics.drifts).state()).isEqualTo("confirmed");
        TestRecord<String, RunEvent> confirmed = onlyRecord(topics.runEvents);
        assertThat(confirmed.key()).isEqualTo("correspondence");
        assertThat(confirmed.value()).isInstanceOf(CaseConfirmed.class);

        event(new CaseEvent.Decided(ENTITY, CONTINUOUS, Decision.RELEASE));
        TestRecord<String, RepairCommand> repair = onlyRecord(topics.repairs);
        assertThat(repair.key()).isEqualTo(ENTITY.text());
        assertThat(only(topics.drifts).state()).isEqualTo("repairing");

        answer(repair.value(), Result.REPAIRED);
        assertThat(only(topics.runEvents)).isInstanceOf(CaseClosed.class);
        List<TestRecord<String, Drift>> drifts = read(topics.drifts);
        assertThat(drifts).hasSize(1);
        assertThat(drifts.get(0).getKey()).isEqualTo(ENTITY.text());
        assertThat(drifts.get(0).getValue()).isNull();
        assertNothingIsLeft();
    }

    @Test
    void shouldSendAScansLooksToTheirOwnQueue() {
        event(new CaseEvent.Suspected(
                ENTITY, "scan", "correspondence", Looks.of("a", "1", "x"), now.plusSeconds(600), false));

        pass(GRACE);

        assertThat(read(topics.fastChecks)).isEmpty();
        answer(only(topics.checks), Looks.of("a", "1", "a"));
        assertThat(closed().verdict()).isEqualTo(Verdict.TRANSIENT);
        assertNothingIsLeft();
    }

    @Test
    void shouldActOnTheClockTopicOnlyAndNeverInAPunctuation() {
        event(new CaseEvent.Changed(ENTITY, "e1", 1, now));

        input(topics.caseClock)
                .pipeInput("0", new ClockTime(0, START.plus(GRACE).minusMillis(1)), START);
        assertThat(read(topics.fastChecks)).isEmpty();
        input(topics.caseClock).pipeInput("0", new ClockTime(0, START.plus(GRACE)), START);
        assertThat(read(topics.fastChecks)).hasSize(1);
        input(topics.caseClock).pipeInput("0", new ClockTime(0, START.plus(GRACE)), START);
        assertThat(read(topics.fastChecks)).isEmpty();
    }

    @Test
    void shouldProposeNothingWhenNothingIsDue() {
        pass(Duration.ofMillis(100));
        read(topics.caseClock);

        event(new CaseEvent.Changed(ENTITY, "e1", 1, now));
        pass(GRACE.minusSeconds(1));

        assertThat(read(topics.caseClock)).isEmpty();
    }

    @Test
    void shouldTakeWhatIsDueInPartsWhenThereIsMuch() {
        int many = CaseProcessor.AT_ONCE + 5;
        for (int i = 0; i < many; i++) {
            event(new CaseEvent.Changed(EntityKey.of("mails", "k" + i), "e" + i, i, now));
        }

        input(topics.caseClock).pipeInput("0", new ClockTime(0, START.plus(GRACE)), START.plus(GRACE));
        assertThat(read(topics.fastChecks)).hasSize(CaseProcessor.AT_ONCE);
        pass(GRACE);
        assertThat(read(topics.fastChecks)).hasSize(5);
    }

    @Test
    void shouldOpenAnotherCaseWithOtherIdsWhenAnEntityChangesAgain() {
        CheckCommand first = firstLook();
        answer(first, Looks.of("a", "1", "a"));
        closed();

        CheckCommand second = firstLook();

        assertThat(second.checkId()).isNotEqualTo(first.checkId());
        answer(first, Looks.of("a", "1", "x"));
        answer(second, Looks.of("b", "2", "b"));
        assertThat(closed().verdict()).isEqualTo(Verdict.MATCHED);
        assertNothingIsLeft();
    }

    @Test
    void shouldAskAgainWhenAStoreIsAway() {
        CheckCommand first = firstLook();
        input(topics.checkAnswers)
                .pipeInput(
                        ENTITY.text(),
                        new CheckAnswer(ENTITY, first.checkId(), AnswerStatus.UNAVAILABLE, null, "away"),
                        now);

        pass(Duration.ofSeconds(2));

        answer(only(topics.fastChecks), Looks.of("a", "1", "a"));
        assertThat(closed().verdict()).isEqualTo(Verdict.MATCHED);
    }

    @Test
    void shouldAskAgainWhenAnAnswerIsLost() {
        firstLook();

        pass(Duration.ofMinutes(4));

        answer(only(topics.fastChecks), Looks.of("a", "1", "a"));
        assertThat(closed().verdict()).isEqualTo(Verdict.MATCHED);
        assertNothingIsLeft();
    }

    @Test
    void shouldLeaveAHeldDriftStandingUntilItIsGone() {
        answer(firstLook(), Looks.of("a", "1", "x"));
        pass(GRACE);
        answer(only(topics.fastChecks), Looks.of("a", "1", "x"));
        event(new CaseEvent.Decided(ENTITY, CONTINUOUS, Decision.HOLD));
        assertThat(read(topics.drifts))
                .last()
                .satisfies(record -> assertThat(record.value().state()).isEqualTo("held"));

        pass(Duration.ofHours(1));

        answer(only(topics.checks), Looks.of("a", "1", "a"));
        assertThat(read(topics.drifts))
                .singleElement()
                .satisfies(record -> assertThat(record.getValue()).isNull());
        assertNothingIsLeft();
    }

    @Test
    void shouldUndoThroughTheRepairs() {
        event(new CaseEvent.UndoRequested(ENTITY, "undo", "correspondence", "repair-1", now.plusSeconds(600)));

        RepairCommand undo = only(topics.repairs);
        assertThat(undo.undoes()).isEqualTo("repair-1");
        answer(undo, Result.REPAIRED);

        assertThat(only(topics.drifts).state()).isEqualTo("parked");
        assertThat(closed().runId()).isEqualTo("undo");
    }

    @Test
    void shouldDeadLetterAnEventWhenItsDatasetIsUnknown() {
        EntityKey stranger = EntityKey.of("unknown", "1");

        event(new CaseEvent.Changed(stranger, "e1", 1, now));

        DeadLetter letter = only(topics.deadLetters);
        assertThat(letter.reason()).contains("unknown").contains("not configured");
        assertThat(letter.topic()).isEqualTo(topics.caseEvents.name());
        assertThat(letter.key()).isEqualTo(stranger.text());
        assertThat(letter.value()).contains("\"changed\"");
    }

    @Test
    void shouldGoOnWhenARecordCannotBeUsed() {
        TestInputTopic<String, byte[]> raw =
                driver.createInputTopic(topics.caseEvents.name(), new StringSerializer(), new ByteArraySerializer());

        raw.pipeInput("k", "{no json".getBytes(StandardCharsets.UTF_8), now);
        raw.pipeInput(new TestRecord<>("k", null, now));

        assertThat(read(topics.deadLetters))
                .last()
                .satisfies(letter -> assertThat(letter.value().reason()).isEqualTo("it has no value"));
        answer(firstLook(), Looks.of("a", "1", "a"));
        assertThat(closed().verdict()).isEqualTo(Verdict.MATCHED);
    }

    private CheckCommand firstLook() {
        event(new CaseEvent.Changed(ENTITY, "e1", 1, now));
        pass(GRACE);
        return only(topics.fastChecks);
    }

    /** Time passes in steps in which a punctuation can propose and its proposal be read. */
    private void pass(Duration time) {
        Duration step = Duration.ofMillis(Math.max(CaseProcessor.LOOK_AT_CLOCK.toMillis(), time.toMillis() / 100));
        Instant end = now.plus(time);
        while (now.isBefore(end)) {
            driver.advanceWallClockTime(step);
            now = now.plus(step);
        }
    }

    private void event(CaseEvent event) {
        input(topics.caseEvents).pipeInput(event.entity().text(), event, now);
    }

    private void answer(CheckCommand command, Look look) {
        CheckAnswer answer = new CheckAnswer(command.entity(), command.checkId(), AnswerStatus.DONE, look, null);
        input(topics.checkAnswers).pipeInput(command.entity().text(), answer, now);
    }

    private void answer(RepairCommand command, Result result) {
        RepairAnswer answer = new RepairAnswer(
                command.entity(), command.repairId(), command.runId(), result, "\"x\"", "\"a\"", "a", null);
        input(topics.repairResults).pipeInput(command.entity().text(), answer, now);
    }

    private CaseClosed closed() {
        assertThat(read(topics.checks)).isEmpty();
        return (CaseClosed) only(topics.runEvents);
    }

    private void assertNothingIsLeft() {
        try (var cases = driver.<String, Case>getKeyValueStore(CaseStores.CASES).all()) {
            assertThat(cases).toIterable().isEmpty();
        }
        try (var due = driver.<Object, Object>getKeyValueStore(CaseStores.DUE).all()) {
            assertThat(due).toIterable().extracting(KeyValue::toString).isEmpty();
        }
    }

    private <V> TestInputTopic<String, V> input(Topic<String, V> topic) {
        return driver.createInputTopic(
                topic.name(), topic.key().serializer(), topic.value().serializer());
    }

    private <V> List<TestRecord<String, V>> read(Topic<String, V> topic) {
        return driver.createOutputTopic(
                        topic.name(), topic.key().deserializer(), topic.value().deserializer())
                .readRecordsToList();
    }

    private <V> TestRecord<String, V> onlyRecord(Topic<String, V> topic) {
        List<TestRecord<String, V>> all = read(topic);
        assertThat(all).as(topic.name()).hasSize(1);
        return all.get(0);
    }

    private <V> V only(Topic<String, V> topic) {
        return onlyRecord(topic).value();
    }
}
