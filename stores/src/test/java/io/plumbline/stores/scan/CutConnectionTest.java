package io.plumbline.stores.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.plumbline.stores.SegmentScanner;
import io.plumbline.stores.SegmentScanner.Scanned;
import io.plumbline.stores.StoreUnavailableException;
import io.plumbline.topics.record.Scope;
import io.plumbline.topics.record.Suspect;
import io.plumbline.topics.record.Work;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A connection that ends in the middle of a segment must not look like the end of the segment: a scan counts right, or
 * says that the store is away.
 */
class CutConnectionTest {

    private static final int ROWS = 6_000;
    private static final int SEGMENT = 2_000;
    private static final int CUTS = 50;
    /** The stores come back only after a scan has ended: it need not wait for them. */
    private static final int PATIENCE_MILLIS = 250;

    private static final Set<Integer> DIFFERENT = Set.of(7, 1_999, 2_000, 2_001, 3_500, 5_998, 6_000);
    /** What a segment's rows or documents are on the wire, about. */
    private static final int BYTES = 120_000;

    private static ScanStores stores;
    private static CuttingProxy postgres;
    private static CuttingProxy mongo;
    private static HikariDataSource source;
    private static MongoClient client;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @BeforeAll
    static void start() throws SQLException {
        stores = new ScanStores();
        stores.load(ScanShape.INTEGER, List.of(), List.of());
        stores.execute(
                "INSERT INTO scanned SELECT g, g, 1, 'name ' || g, 5, now() FROM generate_series(1, " + ROWS + ") g");
        stores.database()
                .getCollection("copies")
                .insertMany(IntStream.rangeClosed(1, ROWS)
                        .mapToObj(i -> new Document("_id", i)
                                .append("name", DIFFERENT.contains(i) ? "another" : "name " + i)
                                .append("amount", 5))
                        .toList());
        postgres = new CuttingProxy(stores.postgresPort());
        mongo = new CuttingProxy(stores.mongoPort());
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + postgres.port() + "/postgres");
        pool.setUsername("postgres");
        pool.setConnectionTimeout(PATIENCE_MILLIS);
        source = new HikariDataSource(pool);
        client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString("mongodb://127.0.0.1:" + mongo.port()))
                .applyToClusterSettings(
                        cluster -> cluster.serverSelectionTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS))
                .applyToServerSettings(server -> server.heartbeatFrequency(20, TimeUnit.MILLISECONDS)
                        .minHeartbeatFrequency(10, TimeUnit.MILLISECONDS))
                .build());
    }

    @AfterAll
    static void stop() {
        client.close();
        source.close();
        mongo.close();
        postgres.close();
        stores.close();
    }

    @Test
    void shouldCountRightOrSayThatPostgresIsAway() {
        cutAtRandom(postgres);
    }

    @Test
    void shouldCountRightOrSayThatMongoIsAway() {
        cutAtRandom(mongo);
    }

    private void cutAtRandom(CuttingProxy proxy) {
        SegmentScanner scanner = ScanStores.scanner(
                ScanShape.INTEGER.config(SEGMENT),
                source,
                client.getDatabase(stores.database().getName()));
        List<Work> segments =
                scanner.plan(new Work.Plan(Scope.full(), null, null)).next();
        List<StoreUnavailableException> away = new ArrayList<>();
        int counted = 0;
        for (int i = 0; i < CUTS; i++) {
            proxy.cutAfter(random.nextInt(BYTES * 3 / 2), random.nextBoolean());
            try {
                assertRight(scanner, segments);
                counted++;
            } catch (StoreUnavailableException e) {
                away.add(e);
            }
            proxy.heal();
            // What the pool holds may be cut, and would be found out by the next scan only.
            source.getHikariPoolMXBean().softEvictConnections();
        }
        assertThat(away).as("scans that were cut, seed %d", seed).hasSizeGreaterThan(CUTS / 4);
        assertThat(counted)
                .as("scans that were not cut, seed %d, the last that was: %s", seed, away.getLast())
                .isPositive();
        assertRight(scanner, segments);
    }

    private void assertRight(SegmentScanner scanner, List<Work> segments) {
        Work.CompareRange range = (Work.CompareRange) segments.get(random.nextInt(ROWS / SEGMENT));
        int after = range.after() == null ? 0 : Integer.parseInt(range.after());
        int upTo = range.upTo() == null ? ROWS : Integer.parseInt(range.upTo());

        Scanned scanned = scanner.scan(range);

        assertThat(scanned.next()).as("seed %d, %s", seed, range).isEmpty();
        assertThat(scanned.checked()).as("seed %d, %s", seed, range).isEqualTo(upTo - after);
        List<Integer> expected = new ArrayList<>(new TreeSet<>(DIFFERENT));
        expected.removeIf(id -> id <= after || id > upTo);
        assertThat(scanned.suspects().stream()
                        .map(Suspect::entity)
                        .map(entity -> Integer.valueOf(entity.parts().getFirst()))
                        .collect(Collectors.toList()))
                .as("seed %d, %s", seed, range)
                .isEqualTo(expected);
    }
}
