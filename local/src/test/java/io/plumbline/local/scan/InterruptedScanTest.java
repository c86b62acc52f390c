package io.plumbline.local.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.plumbline.local.EmbeddedMongo;
import io.plumbline.local.EmbeddedPostgres;
import io.plumbline.local.chaos.CuttingProxy;
import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.stores.SegmentScanner;
import io.plumbline.stores.StoreUnavailableException;
import io.plumbline.stores.connect.ResolvedMapping;
import io.plumbline.stores.mongo.MongoTargetEntities;
import io.plumbline.stores.postgres.PostgresSourceRows;
import io.plumbline.stores.scan.DatasetScanner;
import io.plumbline.topics.config.DatasetConfig;
import io.plumbline.topics.record.Scope;
import io.plumbline.topics.record.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A store that goes away in mid-scan never looks like the end of a segment: whatever is cut, and wherever, a piece of
 * work either is answered exactly as it is without a fault, or the store is away.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InterruptedScanTest {

    private static final int ROWS = 13_000;
    private static final int CUTS = 60;
    private static final int RESTARTS = 5;
    private static final int SILENCES = 12;
    private static final Duration WAITED_FOR = Duration.ofSeconds(1);
    private static final Duration SILENCE = WAITED_FOR.plusMillis(300);
    private static final int WORKERS = 4;

    private static final String CONFIG = """
            kafka: { bootstrap-servers: "localhost:0" }
            postgres: { url: "jdbc:postgresql://localhost/none", user: postgres, password: plumbline }
            mongo: { url: "mongodb://localhost", database: crm }
            datasets:
              ranges:
                source: { table: things, primary-key: [id] }
                target: { collection: things }
                key: [ { source: id, document: _id, type: integer } ]
                fields: [ { source: name } ]
                segment-size: 12000
              look-ups:
                source: { table: things, primary-key: [id] }
                target: { collection: things }
                key: [ { source: code, document: _id, type: integer, rewrite: { pattern: "^n", replacement: "" } } ]
                fields: [ { source: name } ]
                segment-size: 1000
            """;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final Map<String, DatasetConfig> datasets =
            ConfigFile.parse(CONFIG, Map.of()).datasets();
    private final EmbeddedPostgres postgres = EmbeddedPostgres.start();
    private final EmbeddedMongo mongo = EmbeddedMongo.start();
    private final CuttingProxy postgresProxy = new CuttingProxy(postgres.port());
    private final CuttingProxy mongoProxy = new CuttingProxy(mongo.port());

    /** What a piece of work of a dataset is answered without a fault. */
    private record Piece(String dataset, Work work, Object answer) {}

    private final List<Piece> pieces = new ArrayList<>();

    @BeforeAll
    void fill() throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                MongoClient client = MongoClients.create(mongo.url())) {
            statement.execute("CREATE TABLE things (id bigint PRIMARY KEY, code text, name text)");
            statement.execute("INSERT INTO things SELECT i, 'n' || i, 'thing ' || i FROM generate_series(1, " + ROWS
                    + ") i WHERE i % 1000 <> 17");
            List<Document> documents = new ArrayList<>();
            for (long id = 1; id <= ROWS; id++) {
                documents.add(new Document("_id", id).append("name", "thing " + id));
            }
            var things = client.getDatabase("crm").getCollection("things");
            things.insertMany(documents);
            things.deleteMany(Filters.mod("_id", 1_500, 1));
            things.updateMany(Filters.mod("_id", 1_300, 2), Updates.set("name", "another"));
        }
        try (Reading plain = new Reading(postgres.port(), mongo.port())) {
            datasets.keySet().forEach(dataset -> plan(plain, dataset));
        }
    }

    private void plan(Reading reading, String dataset) {
        Deque<Work> queue = new ArrayDeque<>(List.of(new Work.Plan(Scope.full(), null, null)));
        while (!queue.isEmpty()) {
            Work work = queue.remove();
            Object answer = reading.answer(dataset, work);
            pieces.add(new Piece(dataset, work, answer));
            queue.addAll(
                    answer instanceof SegmentScanner.Scanned scanned
                            ? scanned.next()
                            : ((SegmentScanner.Planned) answer).next());
        }
    }

    @AfterAll
    void stop() {
        mongoProxy.close();
        postgresProxy.close();
        mongo.close();
        postgres.close();
    }

    @Test
    void shouldAnswerExactlyOrSayThatMongoIsAwayWhenItsConnectionsAreCut() {
        Map<Piece, Long> bytes = new HashMap<>();
        int away = 0;
        for (int i = 0; i < CUTS; i++) {
            // A client that has lost its connection waits before it connects again; a new one does not.
            try (Reading reading = new Reading(postgres.port(), mongoProxy.port())) {
                away += isExactWhenCut(mongoProxy, reading, bytes) ? 0 : 1;
            }
        }
        assertThat(away).as("seed %d: cuts that hit", seed).isGreaterThan(CUTS / 3);
    }

    @Test
    void shouldAnswerExactlyOrSayThatPostgresIsAwayWhenItsConnectionsAreCut() {
        Map<Piece, Long> bytes = new HashMap<>();
        int away = 0;
        try (Reading reading = new Reading(postgresProxy.port(), mongo.port())) {
            for (int i = 0; i < CUTS; i++) {
                away += isExactWhenCut(postgresProxy, reading, bytes) ? 0 : 1;
            }
        }
        assertThat(away).as("seed %d: cuts that hit", seed).isGreaterThan(CUTS / 3);
    }

    @Test
    void shouldAnswerExactlyOrSayThatMongoIsAwayWhenItSaysNothingForLongerThanIsWaitedFor() {
        try (Reading reading = new Reading(postgres.port(), mongoProxy.port(), WAITED_FOR)) {
            assertExactWhenSilent(mongoProxy, reading);
        }
    }

    @Test
    void shouldAnswerExactlyOrSayThatPostgresIsAwayWhenItSaysNothingForLongerThanIsWaitedFor() {
        try (Reading reading = new Reading(postgresProxy.port(), mongo.port(), WAITED_FOR)) {
            assertExactWhenSilent(postgresProxy, reading);
        }
    }

    /** What is said late answers a question that nobody asks any more: nobody may take it for the answer to another. */
    private void assertExactWhenSilent(CuttingProxy proxy, Reading reading) {
        Map<Piece, Long> bytes = new HashMap<>();
        int away = 0;
        for (int i = 0; i < SILENCES; i++) {
            Piece piece = any(random);
            long length = length(proxy, reading, piece, bytes);
            proxy.silentAfter(random.nextBoolean() ? 0 : random.nextLong(length + 1), SILENCE);
            away += isExact(reading, piece) ? 0 : 1;
            proxy.cutNever();
            for (int next = 0; next < 5; next++) {
                isExact(reading, any(random));
            }
        }
        assertThat(away).as("seed %d: silences that hit", seed).isGreaterThan(SILENCES / 3);
    }

    private boolean isExactWhenCut(CuttingProxy proxy, Reading reading, Map<Piece, Long> bytes) {
        Piece piece = any(random);
        proxy.cutAfter(random.nextLong(length(proxy, reading, piece, bytes) + 1));
        try {
            return isExact(reading, piece);
        } finally {
            proxy.cutNever();
        }
    }

    /** Bytes of an answer from the store behind the proxy; a connection is there afterwards. */
    private long length(CuttingProxy proxy, Reading reading, Piece piece, Map<Piece, Long> bytes) {
        reading.connect();
        Long known = bytes.get(piece);
        if (known == null) {
            long before = proxy.forwarded();
            reading.answer(piece.dataset, piece.work);
            known = proxy.forwarded() - before;
            bytes.put(piece, known);
        }
        return known;
    }

    @Test
    void shouldAnswerExactlyOrSayThatMongoIsAwayWhenItIsStoppedAndStartedAgain() throws Exception {
        try (Reading reading = new Reading(postgres.port(), mongo.port());
                Workers workers = new Workers(reading)) {
            for (int i = 0; i < RESTARTS; i++) {
                workers.awaitExact(1 + random.nextInt(10));
                mongo.stop();
                workers.awaitAway(1);
                mongo.restart();
            }
            workers.awaitExact(10);
        }
    }

    /** Threads that go on answering random pieces of work. */
    private final class Workers implements AutoCloseable {

        private final AtomicInteger exact = new AtomicInteger();
        private final AtomicInteger away = new AtomicInteger();
        private final ExecutorService threads = Executors.newFixedThreadPool(WORKERS);
        private final List<Future<?>> workers = new ArrayList<>();
        private volatile boolean closing;

        Workers(Reading reading) {
            for (int i = 0; i < WORKERS; i++) {
                Random ofWorker = new Random(seed + i);
                workers.add(threads.submit(() -> {
                    while (!closing) {
                        boolean isExact = isExact(reading, any(ofWorker));
                        (isExact ? exact : away).incrementAndGet();
                    }
                }));
            }
        }

        void awaitExact(int more) {
            awaitMore(exact, more);
        }

        void awaitAway(int more) {
            awaitMore(away, more);
        }

        private void awaitMore(AtomicInteger count, int more) {
            int before = count.get();
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() ->
                            count.get() >= before + more || workers.stream().anyMatch(Future::isDone));
        }

        /** Throws what a worker has failed with. */
        @Override
        public void close() throws Exception {
            closing = true;
            for (Future<?> worker : workers) {
                worker.get();
            }
            threads.close();
        }
    }

    /** Ranges, of which there are few, are as likely as all others: their cursors have several batches. */
    private Piece any(Random dice) {
        List<Piece> ranges = pieces.stream()
                .filter(piece -> piece.work instanceof Work.CompareRange)
                .toList();
        List<Piece> some = dice.nextBoolean() ? ranges : pieces;
        return some.get(dice.nextInt(some.size()));
    }

    /** Whether the answer is exact; not where a store is away. Fails on everything else. */
    private boolean isExact(Reading reading, Piece piece) {
        Object answer;
        try {
            answer = reading.answer(piece.dataset, piece.work);
        } catch (StoreUnavailableException away) {
            return false;
        }
        assertThat(answer).as("seed %d: %s", seed, piece.work).isEqualTo(piece.answer);
        return true;
    }

    /** Scanners over connections of their own. */
    private final class Reading implements AutoCloseable {

        private final HikariDataSource source;
        private final MongoClient client;
        private final Map<String, SegmentScanner> scanners = new HashMap<>();

        Reading(int postgresPort, int mongoPort) {
            this(postgresPort, mongoPort, Duration.ofMinutes(1));
        }

        /** @param waitedFor how long, in whole seconds, a store may say nothing */
        Reading(int postgresPort, int mongoPort, Duration waitedFor) {
            HikariConfig pool = new HikariConfig();
            pool.setJdbcUrl(
                    "jdbc:postgresql://127.0.0.1:" + postgresPort + "/postgres?socketTimeout=" + waitedFor.toSeconds());
            pool.setUsername(postgres.user());
            pool.setPassword(postgres.password());
            pool.setMaximumPoolSize(4);
            pool.setMinimumIdle(0);
            source = new HikariDataSource(pool);
            client = MongoClients.create("mongodb://127.0.0.1:" + mongoPort
                    + "/?retryReads=false&serverSelectionTimeoutMS=100&heartbeatFrequencyMS=500&socketTimeoutMS="
                    + waitedFor.toMillis());
            MongoDatabase database = client.getDatabase("crm");
            datasets.forEach((name, config) -> {
                ResolvedMapping mapping = new ResolvedMapping(name, config, source);
                scanners.put(
                        name,
                        new DatasetScanner(
                                mapping,
                                source,
                                database,
                                new PostgresSourceRows(mapping, source),
                                new MongoTargetEntities(mapping, database)));
            });
        }

        /** Connects, so that what is forwarded afterwards belongs to answers. */
        void connect() {
            Piece piece = pieces.stream()
                    .filter(some -> some.work instanceof Work.CompareOtherTypes)
                    .findFirst()
                    .orElseThrow();
            await().pollDelay(Duration.ZERO)
                    .ignoreExceptionsMatching(StoreUnavailableException.class::isInstance)
                    .until(() -> answer(piece.dataset, piece.work) != null);
        }

        /** What does not differ from time to time: a plan's position does. */
        Object answer(String dataset, Work work) {
            SegmentScanner scanner = Objects.requireNonNull(scanners.get(dataset));
            return work instanceof Work.Plan plan
                    ? new SegmentScanner.Planned(scanner.plan(plan).next(), null, null)
                    : scanner.scan(work);
        }

        @Override
        public void close() {
            client.close();
            source.close();
        }
    }
}
