package io.plumbline.local.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.plumbline.local.EmbeddedKafka;
import io.plumbline.local.EmbeddedPostgres;
import io.plumbline.reconciler.feed.OutboxFeedMain;
import io.plumbline.runtime.KafkaClients;
import io.plumbline.runtime.Received;
import io.plumbline.runtime.TopicReader;
import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.topics.Topic;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.record.DeadLetter;
import io.plumbline.topics.record.OutboxEvent;
import io.plumbline.topics.record.Trigger;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** The outbox feed on a real broker and a real PostgreSQL. Each test has its own tables, slots and topics. */
class OutboxFeedTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static EmbeddedKafka kafka;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static EmbeddedPostgres postgres;

    private final List<AutoCloseable> feeds = new ArrayList<>();
    private String name = "";

    @SuppressWarnings("NullAway.Init") // set before each test
    private PlumblineConfig config;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Topics topics;

    @BeforeAll
    static void startParts() {
        kafka = EmbeddedKafka.start();
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopParts() {
        postgres.close();
        kafka.close();
    }

    @BeforeEach
    void prepare(TestInfo test) throws SQLException {
        name = "t" + Integer.toHexString(test.getDisplayName().hashCode());
        config = ConfigFile.parse(
                """
                kafka: {bootstrap-servers: "%s", topic-prefix: "%s.", partitions: 2}
                postgres: {url: "%s?sslmode=disable", user: %s, password: %s}
                mongo: {url: "mongodb://localhost", database: unused}
                datasets:
                  %s-debts:
                    source: {table: %s_debts, primary-key: [id]}
                    target: {collection: debts}
                    key: [{source: id, document: _id}]
                    fields: [{source: amount}]
                    outbox: {table: %s_outbox, aggregate-type: aggregate_type, aggregate-type-value: debt, version: version}
                  %s-mails:
                    source: {table: %s_mails, primary-key: [id]}
                    target: {collection: mails}
                    key: [{source: id, document: _id}]
                    fields: [{source: subject}]
                    outbox: {table: %s_outbox, aggregate-type: aggregate_type, aggregate-type-value: mail}
                """.formatted(
                                kafka.bootstrapServers(),
                                name,
                                postgres.jdbcUrl(),
                                postgres.user(),
                                postgres.password(),
                                name,
                                name,
                                name,
                                name,
                                name,
                                name),
                Map.of());
        topics = new Topics(config.kafka().topicPrefix(), config.kafka().partitions());
        execute("""
                CREATE TABLE %s_outbox (
                    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, aggregate_type text, aggregate_id text,
                    event_type text, payload text, version int, processed_at timestamptz, retry_count int DEFAULT 0,
                    error text)
                """.formatted(name));
    }

    @AfterEach
    void stopFeeds() throws Exception {
        postgres.restart();
        for (AutoCloseable feed : feeds) {
            feed.close();
        }
        dropSlots("%");
    }

    @Test
    void shouldPublishEachInsertedRowToItsDatasetOnly() throws Exception {
        startAndAwait();

        insert("debt", "7/2026", "'{\"amount\": 12.5}'", "3");
        insert("mail", "8", "null", "null");
        insert("invoice", "9", "'{}'", "1");
        execute("UPDATE %s_outbox SET processed_at = now()".formatted(name));
        execute("DELETE FROM %s_outbox".formatted(name));
        insert("debt", "last", "'{}'", "1");

        List<OutboxEvent> events = awaitEvents(3);
        assertThat(events)
                .extracting(OutboxEvent::dataset, OutboxEvent::aggregateId, OutboxEvent::version)
                .containsExactlyInAnyOrder(
                        tuple(name + "-debts", "7/2026", 3L),
                        tuple(name + "-mails", "8", null),
                        tuple(name + "-debts", "last", 1L));
        assertThat(events.stream().filter(event -> event.aggregateId().equals("7/2026")))
                .singleElement()
                .satisfies(event -> {
                    assertThat(String.valueOf(event.payload())).isEqualTo("{\"amount\":12.5}");
                    assertThat(event.position()).isPositive();
                });
        assertThat(triggeredFullRuns()).isEmpty();
    }

    @Test
    void shouldAskForARetryOfTheOutboxOnceWhenItMakesItsSlot() throws Exception {
        insertMany(1, 10);
        startAndAwait();
        insertMany(11, 20);
        assertThat(awaitEvents(10))
                .as("what was committed before the slot is not the feed's to publish")
                .extracting(OutboxEvent::aggregateId)
                .contains("11", "20")
                .doesNotContain("1", "10");

        feeds.removeLast().close();
        startAndAwait();
        insertMany(21, 30);
        awaitEvents(20);

        assertThat(read(topics.manualTrigger))
                .extracting(Trigger::job, Trigger::full)
                .containsExactlyInAnyOrder(
                        tuple(name + "-debts-outbox-retry", null), tuple(name + "-mails-outbox-retry", null));
    }

    @Test
    void shouldPutAMalformedRowAsideAndGoOn() throws Exception {
        startAndAwait();

        insert("debt", "1", "'{not json'", "1");
        execute("INSERT INTO %s_outbox (aggregate_type, payload) VALUES ('debt', '{}')".formatted(name));
        insert("debt", "2", "'{}'", "1");

        assertThat(awaitEvents(1)).extracting(OutboxEvent::aggregateId).containsExactly("2");
        assertThat(read(topics.deadLetters))
                .extracting(DeadLetter::reason)
                .satisfiesExactlyInAnyOrder(
                        json -> assertThat(json).contains("payload is not JSON"),
                        id -> assertThat(id).contains("aggregate_id is null"));
    }

    @Test
    void shouldLoseAndRepeatNothingWhenEverythingIsRestarted() throws Exception {
        startAndAwait();
        insertMany(1, 500);
        awaitEvents(500);

        feeds.removeLast().close();
        insertMany(501, 1000);
        start();
        awaitEvents(1000);

        postgres.kill();
        postgres.restart();
        insertMany(1001, 1500);
        awaitEvents(1500);

        kafka.stop();
        insertMany(1501, 2000);
        kafka.restart();
        insertMany(2001, 2500);

        assertThat(awaitEvents(2500))
                .extracting(OutboxEvent::aggregateId)
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 2500)
                        .mapToObj(Integer::toString)
                        .toList());
        assertThat(triggeredFullRuns()).isEmpty();
    }

    @Test
    void shouldHandOverToAStandbyWhenTheActiveFeedEnds() throws Exception {
        startAndAwait();
        insertMany(1, 200);
        start();
        awaitEvents(200);

        feeds.removeFirst().close();
        insertMany(201, 400);

        assertThat(awaitEvents(400)).extracting(OutboxEvent::aggregateId).doesNotHaveDuplicates();
    }

    @Test
    void shouldAskForAFullRunWhenTheSlotWasCreatedAgain() throws Exception {
        startAndAwait();
        insertMany(1, 10);
        awaitEvents(10);
        feeds.removeLast().close();

        dropSlots("debts");
        insertMany(11, 20);
        execute("SELECT pg_create_logical_replication_slot('plumbline_%s_debts', 'pgoutput')".formatted(name));
        insertMany(21, 30);
        start();

        assertThat(awaitEvents(20))
                .extracting(OutboxEvent::aggregateId)
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 30)
                        .filter(i -> i <= 10 || i > 20)
                        .mapToObj(Integer::toString)
                        .toList());
        assertThat(triggeredFullRuns()).containsExactly(name + "-debts-full");
    }

    @Test
    void shouldAskForAFullRunWhenTheSlotIsGone() throws Exception {
        startAndAwait();
        insertMany(1, 10);
        awaitEvents(10);
        feeds.removeLast().close();

        dropSlots("debts");
        insertMany(11, 20);
        start();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(triggeredFullRuns()).containsExactly(name + "-debts-full"));
        insertMany(21, 30);
        assertThat(awaitEvents(20)).hasSize(20);
    }

    @Test
    void shouldGoOnAfterATransactionThatWasOpenWhenItStopped() throws Exception {
        startAndAwait();
        try (Connection open = postgres.connect();
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute(
                    "INSERT INTO %s_outbox (aggregate_type, aggregate_id) VALUES ('debt', 'early')".formatted(name));
            insertMany(1, 10);
            awaitEvents(10);
            feeds.removeLast().close();
            statement.execute(
                    "INSERT INTO %s_outbox (aggregate_type, aggregate_id) VALUES ('debt', 'late')".formatted(name));
            open.commit();
        }
        start();

        assertThat(awaitEvents(12))
                .extracting(OutboxEvent::aggregateId)
                .contains("early", "late")
                .doesNotHaveDuplicates();
    }

    /** Not the retries that are asked for at the very beginning. */
    private List<String> triggeredFullRuns() {
        return read(topics.manualTrigger).stream()
                .filter(trigger -> Boolean.TRUE.equals(trigger.full()))
                .map(Trigger::job)
                .toList();
    }

    private void start() throws Exception {
        feeds.add(OutboxFeedMain.start(config));
    }

    /** Both datasets' slots are there once their feeds have begun. */
    private void startAndAwait() throws Exception {
        start();
        await().atMost(PATIENCE)
                .until(() -> postgresCount("SELECT count(*) FROM pg_replication_slots WHERE slot_name LIKE 'plumbline_"
                                + name + "%' AND active")
                        == 2);
    }

    private void insertMany(int from, int to) throws SQLException {
        execute(
                "INSERT INTO %s_outbox (aggregate_type, aggregate_id, payload) SELECT 'debt', i::text, '{}' FROM generate_series(%d, %d) i"
                        .formatted(name, from, to));
    }

    private void insert(String type, String id, String payload, String version) throws SQLException {
        execute("INSERT INTO %s_outbox (aggregate_type, aggregate_id, payload, version) VALUES ('%s', '%s', %s, %s)"
                .formatted(name, type, id, payload, version));
    }

    /** The server notices only after a while that whoever read a slot is gone. */
    private void dropSlots(String dataset) throws SQLException {
        String slots = "FROM pg_replication_slots WHERE slot_name LIKE 'plumbline_" + name + "_" + dataset + "'";
        await("nobody reads the slots")
                .atMost(PATIENCE)
                .until(() -> postgresCount("SELECT count(*) " + slots + " AND active") == 0);
        execute("SELECT pg_drop_replication_slot(slot_name) " + slots);
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long postgresCount(String sql) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private List<OutboxEvent> awaitEvents(int count) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> read(topics.outbox), events -> events.size() >= count);
    }

    /** Everything that was committed to a topic. */
    private <V> List<V> read(Topic<String, V> topic) {
        try (TopicReader<V> reader =
                new TopicReader<>(new KafkaClients(config.kafka()).openReader(), topic, PATIENCE)) {
            return reader.all().stream().map(Received::value).toList();
        }
    }
}
