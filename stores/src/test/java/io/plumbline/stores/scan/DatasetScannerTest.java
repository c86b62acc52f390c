package io.plumbline.stores.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.topics.config.DatasetConfig;
import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.Look;
import io.plumbline.topics.record.Scope;
import io.plumbline.topics.record.Work;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

class DatasetScannerTest {

    private static @Nullable ScanStores stores;

    @BeforeContainer
    static void start() {
        stores = new ScanStores();
    }

    @AfterContainer
    static void stop() {
        stores().close();
    }

    private static ScanStores stores() {
        if (stores == null) {
            throw new IllegalStateException("not started");
        }
        return stores;
    }

    @Property(tries = 150, shrinking = ShrinkingMode.OFF)
    void shouldCountEveryEntityOnceAndSuspectExactlyTheUnequalWhenScanningInFull(
            @ForAll ScanShape shape, @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int segmentSize)
            throws SQLException {
        Random random = new Random(seed);
        ScanWorld world = load(shape, random);

        ScanDrain scan = drain(shape.config(segmentSize), Scope.full());

        assertThat(scan.suspectParts()).containsExactlyInAnyOrderElementsOf(unequal(world, world.entities()));
        assertThat(scan.unreadable()).isEqualTo(world.unreadable(false));
        assertThat(scan.checked()).isEqualTo(world.entities().size() + world.unreadable(false));
        assertClasses(world, scan);
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void shouldLookAtEveryEntityWithAChangedRowWhenScanningAWindow(
            @ForAll ScanShape shape, @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int segmentSize)
            throws SQLException {
        Random random = new Random(seed);
        ScanWorld world = load(shape, random);

        ScanDrain scan = drain(shape.config(segmentSize), Scope.window(Duration.ofHours(2)));

        assertThat(scan.suspectParts()).containsExactlyInAnyOrderElementsOf(unequal(world, world.changedEntities()));
        assertThat(scan.unreadable()).isEqualTo(world.unreadable(true));
        assertThat(scan.checked()).isEqualTo(world.changedEntities().size() + world.unreadable(true));
    }

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void shouldLookAtTheNamedEntitiesOnly(
            @ForAll ScanShape shape, @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int segmentSize)
            throws SQLException {
        Random random = new Random(seed);
        ScanWorld world = load(shape, random);
        Set<List<String>> named =
                world.entities().stream().filter(key -> random.nextBoolean()).collect(Collectors.toSet());
        List<EntityKey> keys = new ArrayList<>(named.stream()
                .map(key -> new EntityKey(ScanStores.DATASET, key))
                .toList());
        keys.addAll(List.copyOf(keys));

        ScanDrain scan = drain(shape.config(segmentSize), Scope.keys(keys));

        assertThat(scan.suspectParts()).containsExactlyInAnyOrderElementsOf(unequal(world, named));
        assertThat(scan.checked()).isEqualTo(named.size());
    }

    @Example
    void shouldGiveBackWhatIsTooMuchForOneAnswerWhenThousandsAreMissing() throws SQLException {
        for (ScanShape shape : List.of(ScanShape.INTEGER, ScanShape.SPELT)) {
            stores().load(shape, List.of(), List.of());
            stores().execute(
                            "INSERT INTO scanned SELECT g, g, 1, repeat('ü', 200), 5, now() FROM generate_series(1, 5000) g");

            ScanDrain scan = drain(shape.config(4_000), Scope.full());

            assertThat(scan.suspects()).hasSize(5_000);
            assertThat(scan.checked()).isEqualTo(5_000);
        }
    }

    @Example
    void shouldReadEachRowAFewTimesOnlyWhenAllRowsDiffer() throws SQLException {
        int rows = 20_000;
        stores().load(ScanShape.INTEGER, List.of(), List.of());
        stores().execute("INSERT INTO scanned SELECT g, g, 1, 'differs', 5, now() FROM generate_series(1, " + rows
                + ") g");
        stores().execute("VACUUM ANALYZE scanned");
        long before = stores().rowsRead();

        ScanDrain scan = drain(ScanShape.INTEGER.config(rows), Scope.full());

        assertThat(scan.checked()).isEqualTo(rows);
        assertThat(scan.suspects()).hasSize(rows);
        long read = stores().rowsRead() - before;
        assertThat(read)
                .as("rows read: by planning, by the first answer, by the answer that has room for it")
                .isLessThanOrEqualTo(3L * rows + 10);
    }

    @Property(tries = 5, shrinking = ShrinkingMode.OFF)
    void shouldCountEveryEntityOnceWhenThereAreMoreSuspectsThanAnAnswerTakes(
            @ForAll long seed, @ForAll @IntRange(min = 1_000, max = 8_000) int segmentSize) throws SQLException {
        Random random = new Random(seed);
        List<Document> documents = new ArrayList<>();
        List<ScanWorld.Row> rows = new ArrayList<>();
        Set<List<String>> unequal = new HashSet<>();
        int entities = 8_000;
        for (int i = 1; i <= entities; i++) {
            int kind = random.nextInt(i % 3_000 < 1_500 ? 10 : 4);
            if (kind < 3) {
                unequal.add(List.of(Integer.toString(i)));
            }
            if (kind != 0) {
                rows.add(new ScanWorld.Row(i, Integer.toString(i), 0, 1, new ScanWorld.Values("row", null), true));
            }
            if (kind != 1) {
                documents.add(new Document("_id", (long) i).append("name", kind == 2 ? "another" : "row"));
            }
        }
        stores().load(ScanShape.INTEGER, rows, documents);

        ScanDrain scan = drain(ScanShape.INTEGER.config(segmentSize), Scope.full());

        assertThat(scan.suspectParts()).containsExactlyInAnyOrderElementsOf(unequal);
        assertThat(scan.checked()).isEqualTo(entities);
    }

    @Example
    void shouldGiveBackTheRestOfASegmentThatHasGrown() throws SQLException {
        List<Document> documents = new ArrayList<>();
        for (int i = 1; i <= 5_000; i++) {
            documents.add(new Document("_id", i).append("name", "of the target alone"));
        }
        for (ScanShape shape : List.of(ScanShape.INTEGER, ScanShape.INTEGERS)) {
            stores().load(shape, List.of(), documents);

            ScanDrain scan = drain(shape.config(100), Scope.full());

            assertThat(scan.suspects()).hasSize(5_000);
            assertThat(scan.suspects().values())
                    .allMatch(
                            suspect -> suspect.look() != null && suspect.look().drift() == DriftClass.EXTRA);
            assertThat(scan.checked()).isEqualTo(5_000);
            assertThat(scan.segments()).isGreaterThan(20);
        }
    }

    @Example
    void shouldSayThatKeysWereNotComparedWhenASegmentHoldsNothingButUnusableOnes() throws SQLException {
        List<Document> documents = new ArrayList<>();
        for (int i = 1; i <= 25; i++) {
            documents.add(new Document("_id", i + 0.5));
        }
        documents.add(new Document("_id", 1_000L).append("name", "an extra behind them"));
        stores().load(ScanShape.INTEGER, List.of(), documents);

        assertThatThrownBy(() -> drain(ScanShape.INTEGER.config(10), Scope.full()))
                .hasMessageContaining("cannot be keys of dataset scanned")
                .hasMessageContaining("segment-size");
    }

    @Example
    void shouldScanInRangesOnlyWhereBothSidesHaveOneBinaryOrder() throws SQLException {
        for (ScanShape shape : ScanShape.values()) {
            stores().load(shape, List.of(), List.of());

            List<Work> works = stores().scanner(shape.config(10))
                    .plan(new Work.Plan(Scope.full(), null, null))
                    .next();

            assertThat(works.getFirst() instanceof Work.CompareRange)
                    .as("%s", shape)
                    .isEqualTo(shape.isByRange());
        }
    }

    @Example
    void shouldVouchForTheStartOfTheOldestOpenTransaction() throws SQLException {
        stores().load(ScanShape.INTEGER, List.of(), List.of());
        try (Connection open = stores().connect();
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            String started;
            try (ResultSet now = statement.executeQuery(
                    "SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")) {
                now.next();
                started = now.getString(1);
            }

            ScanDrain scan = drain(ScanShape.INTEGER.config(10), Scope.full());

            assertThat(scan.position()).startsWith(started + " / ");
        }
    }

    @Example
    void shouldRefuseAWindowWhenNoChangeTimeIsDeclared() throws SQLException {
        stores().load(ScanShape.INTEGER, List.of(), List.of());
        DatasetConfig config = ScanShape.INTEGER.configWithoutChangeTime();

        assertThatThrownBy(() -> drain(config, Scope.window(Duration.ofHours(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("declares no change-time column");
    }

    private static ScanWorld load(ScanShape shape, Random random) throws SQLException {
        ScanWorld world = new ScanWorld(shape, random);
        stores().load(shape, world.rows(), world.documents(random));
        return world;
    }

    private static ScanDrain drain(DatasetConfig config, Scope scope) {
        return ScanDrain.of(stores().scanner(config), scope);
    }

    private static List<List<String>> unequal(ScanWorld world, Set<List<String>> keys) {
        return keys.stream().filter(key -> !world.isEqual(key)).toList();
    }

    private static void assertClasses(ScanWorld world, ScanDrain scan) {
        scan.suspects()
                .forEach((key, suspect) -> assertThat(suspect.look())
                        .as("%s", key)
                        .isNotNull()
                        .extracting(Look::drift)
                        .isEqualTo(world.drift(key.parts())));
    }
}
