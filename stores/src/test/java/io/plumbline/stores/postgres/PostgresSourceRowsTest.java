package io.plumbline.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.stores.SourceEntity;
import io.plumbline.stores.TestDataset;
import io.plumbline.stores.TestDataset.Field;
import io.plumbline.stores.TestPostgres;
import io.plumbline.stores.connect.ResolvedMapping;
import io.plumbline.topics.config.DatasetConfig;
import io.plumbline.topics.config.FieldConfig;
import io.plumbline.topics.config.KeyPartConfig;
import io.plumbline.topics.config.KeyPartConfig.Rewrite;
import io.plumbline.topics.config.LetterCase;
import io.plumbline.topics.config.OutboxConfig;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.OutboxRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PostgresSourceRowsTest {

    private final TestPostgres postgres = TestPostgres.newDatabase();

    private static OutboxConfig outbox(String sourceColumn) {
        return new OutboxConfig(
                "outbox",
                "id",
                "kind",
                "email",
                "aggregate",
                null,
                null,
                null,
                "processed_at",
                "retries",
                null,
                sourceColumn,
                List.of(),
                "slot",
                "publication",
                5);
    }

    private PostgresSourceRows rows(DatasetConfig config) {
        return new PostgresSourceRows(mapping(config), postgres.source());
    }

    private ResolvedMapping mapping(DatasetConfig config) {
        return new ResolvedMapping("d", config, postgres.source());
    }

    private static EntityKey key(String... parts) {
        return EntityKey.of("d", parts);
    }

    private static SourceEntity only(PostgresSourceRows rows, EntityKey key) {
        return Objects.requireNonNull(rows.find(List.of(key)).get(key));
    }

    private static @Nullable String json(SourceEntity entity) {
        return entity.content() == null ? null : entity.content().json();
    }

    /** All rows as a scan reads them: name, then why unreadable or the planned content. */
    private Map<String, String> scanned(DatasetConfig config) throws SQLException {
        ResolvedMapping mapping = mapping(config);
        Map<String, String> rows = new LinkedHashMap<>();
        try (Connection connection = postgres.source().getConnection();
                SourceCursor cursor = SourceCursor.open(
                        connection, mapping.get(), new SourceSelect(mapping.get()).entities("", true))) {
            while (cursor.next()) {
                String unreadable = cursor.unreadable();
                rows.put(
                        cursor.rowName(),
                        unreadable == null ? String.valueOf(json(cursor.entity())) : "unreadable: " + unreadable);
            }
        }
        return rows;
    }

    @Test
    void shouldTakeTheNewestRowOfEachEntity() throws SQLException {
        postgres.execute(
                "CREATE TABLE mail (id int PRIMARY KEY, client text, file text, amount numeric, moved timestamptz)",
                "INSERT INTO mail VALUES (1, ' ACME ', '2007/255', 1, '2024-01-01'), (2, 'acme', '2007_255', 2, '2024-01-03'),"
                        + " (3, 'Acme', '2007/255', 3, '2024-01-02'), (4, 'acme', '2008/1', 4, NULL),"
                        + " (5, 'acme', '2008/1', 5, NULL), (6, NULL, 'x', 6, NULL), (7, ' ', 'x', 7, NULL)");
        DatasetConfig config = TestDataset.documents("mail", "c", "moved", "id")
                .key(new KeyPartConfig("client", "a", null, KeyPartConfig.Type.TEXT, true, LetterCase.LOWER, null))
                .key(new KeyPartConfig(
                        "file",
                        "b",
                        null,
                        KeyPartConfig.Type.TEXT,
                        false,
                        null,
                        new Rewrite("(\\d+)/(\\d+)", "\\1_\\2")))
                .field("amount", "amount")
                .config();
        PostgresSourceRows rows = rows(config);

        SourceEntity newest = only(rows, key("acme", "2007_255"));

        assertThat(json(newest)).isEqualTo("{\"amount\":{\"$numberDecimal\":\"2\"}}");
        assertThat(newest.order()).isEqualTo("2024-01-03T00:00:00Z");
        assertThat(json(only(rows, key("acme", "2008_1")))).contains("\"5\"");
        assertThat(only(rows, key("acme", "2007/255")).content()).isNull();
        assertThat(scanned(config))
                .containsExactly(
                        Map.entry("d/acme/2007_255", "{\"amount\":{\"$numberDecimal\":\"2\"}}"),
                        Map.entry("d/acme/2008_1", "{\"amount\":{\"$numberDecimal\":\"5\"}}"),
                        Map.entry(
                                "d: row 7",
                                "unreadable: key column client is '" + " " + "', which is no key of type text"));
    }

    @Test
    void shouldFindWhateverTheKeyHolds() {
        postgres.execute("CREATE TABLE odd (k text PRIMARY KEY, v int)");
        List<String> odd = List.of(
                "plain",
                "o'brien",
                "back\\slash",
                "\"quoted\"",
                "{brace,comma}",
                "slash/percent%",
                "ünï💥",
                "\t tab",
                "$$; DROP TABLE odd; --",
                "NULL",
                " ",
                "\u0001");
        for (String k : odd) {
            postgres.execute("INSERT INTO odd VALUES (" + Sql.literal(k) + ", " + odd.indexOf(k) + ")");
        }
        PostgresSourceRows rows = rows(TestDataset.documents("odd", "c", null, "k")
                .key("k", "_id", KeyPartConfig.Type.TEXT)
                .field("v", "v")
                .config());
        List<EntityKey> keys = new ArrayList<>(odd.stream().map(k -> key(k)).toList());
        keys.addAll(List.of(key("gone"), key("a\0b"), key("")));

        Map<EntityKey, SourceEntity> found = rows.find(keys);

        assertThat(found.keySet()).containsExactlyElementsOf(keys);
        IntStream.range(0, keys.size())
                .forEach(i -> assertThat(json(Objects.requireNonNull(found.get(keys.get(i)))))
                        .isEqualTo(i < odd.size() ? "{\"v\":{\"$numberInt\":\"" + i + "\"}}" : null));
    }

    @Test
    void shouldFindByEveryTypeOfKey() {
        postgres.execute(
                "CREATE DOMAIN code AS varchar(20)",
                "CREATE TABLE kinds (i int, b bigint, n numeric, u uuid, d date, t text, c char(6), o text, y bytea, m code,"
                        + " ut text, v int)",
                "INSERT INTO kinds VALUES (1, 9007199254740993, 5.0, '0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6', '2024-02-29', '12',"
                        + " 'ab', '0123456789abcdef01234567', '\\x0123456789abcdef01234567', 'm',"
                        + " '0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6', 7)");
        Map<String, List<String>> keys = new LinkedHashMap<>();
        keys.put("i INTEGER", List.of("1", "2", "x", "99999999999", "99999999999999999999", "01"));
        keys.put("b INTEGER", List.of("9007199254740993", "9007199254740992"));
        keys.put("n INTEGER", List.of("5", "6"));
        keys.put("t INTEGER", List.of("12", "13"));
        keys.put("i TEXT", List.of("1", "01", "x"));
        keys.put(
                "u UUID", List.of("0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6", "x", "0192F0C1-2B3C-7D4E-8F90-A1B2C3D4E5F6"));
        keys.put(
                "u TEXT", List.of("0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6", "0192F0C1-2B3C-7D4E-8F90-A1B2C3D4E5F6", "x"));
        keys.put("ut UUID", List.of("0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6", "x"));
        keys.put("d DATE", List.of("2024-02-29", "2024-02-30", "2024-03-01"));
        keys.put("d TEXT", List.of("2024-02-29", "2024-2-29"));
        keys.put("c TEXT", List.of("ab", "ab    "));
        keys.put("o OBJECT_ID", List.of("0123456789abcdef01234567", "0123456789ABCDEF01234567"));
        keys.put("y OBJECT_ID", List.of("0123456789abcdef01234567", "x"));
        keys.put("m TEXT", List.of("m", "n"));

        keys.forEach((declared, texts) -> {
            String[] words = declared.split(" ");
            PostgresSourceRows rows = rows(TestDataset.documents("kinds", "c", null, words[0])
                    .key(words[0], "_id", KeyPartConfig.Type.valueOf(words[1]))
                    .field("v", "v")
                    .config());
            Map<EntityKey, SourceEntity> found =
                    rows.find(texts.stream().map(k -> key(k)).toList());
            assertThat(found.values().stream()
                            .map(entity -> entity.content() != null)
                            .toList())
                    .as(declared)
                    .isEqualTo(IntStream.range(0, texts.size())
                            .mapToObj(i -> i == 0)
                            .toList());
        });
    }

    @Test
    void shouldCountWhatCannotBeReadAndGoOn() throws SQLException {
        postgres.execute(
                "CREATE TABLE bad (id int PRIMARY KEY, doc text, at timestamptz, day date, amount text, big numeric)",
                "INSERT INTO bad VALUES (1, '{\"a\": 1}', '2024-01-01', '2024-01-01', '1.5', 1),"
                        + " (2, '{broken', NULL, NULL, NULL, NULL), (3, NULL, 'infinity', NULL, NULL, NULL),"
                        + " (4, NULL, NULL, '-infinity', NULL, NULL), (5, NULL, NULL, NULL, 'much', NULL),"
                        + " (6, NULL, NULL, NULL, NULL, 1e40 + 0.1), (7, NULL, '0044-03-15 BC', '5874897-12-31', NULL, 'NaN'),"
                        + " (8, '', NULL, NULL, '', NULL), (9, '{\"a\": 1e999999}', NULL, NULL, NULL, NULL)");
        DatasetConfig config = TestDataset.documents("bad", "c", null, "id")
                .key("id", "_id", KeyPartConfig.Type.INTEGER)
                .field(new Field("doc", "a").path("/a"))
                .field(new Field("doc", "b").path("/b/c"))
                .field("at", "at")
                .field("day", "day")
                .field(new Field("amount", "amount").type(FieldConfig.Type.NUMBER))
                .field("big", "big")
                .config();

        Map<String, String> scanned = scanned(config);

        assertThat(scanned.get("d/1"))
                .isEqualTo("{\"a\":{\"$numberInt\":\"1\"},\"at\":{\"$date\":{\"$numberLong\":\"1704067200000\"}},"
                        + "\"day\":{\"$date\":{\"$numberLong\":\"1704067200000\"}},"
                        + "\"amount\":{\"$numberDouble\":\"1.5\"},\"big\":{\"$numberDecimal\":\"1\"}}");
        assertThat(scanned.get("d/2")).startsWith("unreadable: column doc: not JSON: ");
        assertThat(scanned.get("d/3")).startsWith("unreadable: column at: an infinite date");
        assertThat(scanned.get("d/4")).startsWith("unreadable: column day: an infinite date");
        assertThat(scanned.get("d/5")).isEqualTo("unreadable: column amount for amount: 'much' is not a number");
        assertThat(scanned.get("d/6")).contains("digits does not fit");
        assertThat(scanned.get("d/7")).contains("\"NaN\"").contains("-");
        assertThat(scanned.get("d/8")).isEqualTo("{}");
        assertThat(scanned.get("d/9")).startsWith("unreadable: ");
        PostgresSourceRows rows = rows(config);
        assertThat(only(rows, key("2")).unreadable()).startsWith("column doc: not JSON");
        assertThat(only(rows, key("2")).content()).isNull();
    }

    @Test
    void shouldReadPathsOfJsonColumns() throws SQLException {
        postgres.execute(
                "CREATE TABLE js (id int PRIMARY KEY, b jsonb, j json)",
                "INSERT INTO js VALUES (1, '{\"a\": {\"x/y\": [10, \"t\\u00e9\\\"\", null]}, \"s\": \"plain\"}', '{\"s\": {\"k\": 1.50}}')");
        DatasetConfig config = TestDataset.documents("js", "c", null, "id")
                .key("id", "_id", KeyPartConfig.Type.INTEGER)
                .field(new Field("b", "ten").path("/a/x~1y/0"))
                .field(new Field("b", "text").path("/a/x~1y/1"))
                .field(new Field("b", "none").path("/a/x~1y/2"))
                .field(new Field("b", "gone").path("/q"))
                .field(new Field("b", "s").path("/s"))
                .field(new Field("j", "k").path("/s/k"))
                .field(new Field("j", "o").path("/s"))
                .config();

        assertThat(scanned(config).get("d/1"))
                .isEqualTo("{\"ten\":{\"$numberInt\":\"10\"},\"text\":\"té\\\"\",\"s\":\"plain\","
                        + "\"k\":{\"$numberDouble\":\"1.5\"},\"o\":{\"k\":{\"$numberDouble\":\"1.5\"}}}");
    }

    @Test
    void shouldReadPendingOutboxRowsInTheSameSnapshot() {
        for (String type : List.of("text", "bigint", "int")) {
            postgres.execute(
                    "DROP TABLE IF EXISTS mails, outbox",
                    "CREATE TABLE mails (id bigint PRIMARY KEY, client text, v int, moved int)",
                    "INSERT INTO mails VALUES (1, 'a', 1, 1), (2, 'a', 2, 2), (3, 'b', 3, 3)",
                    "CREATE TABLE outbox (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), kind text, aggregate " + type
                            + ", processed_at timestamptz, retries int)",
                    "INSERT INTO outbox (kind, aggregate, processed_at, retries) VALUES ('email', 1, NULL, NULL),"
                            + " ('email', 2, NULL, 3), ('other', 2, NULL, 0), ('email', 2, now(), 0), ('email', 9, NULL, 0)");
            PostgresSourceRows rows = rows(TestDataset.documents("mails", "c", "moved", "id")
                    .key("client", "_id", KeyPartConfig.Type.TEXT)
                    .field("v", "v")
                    .outbox(outbox("id"))
                    .config());

            Map<EntityKey, SourceEntity> found = rows.find(List.of(key("a"), key("b"), key("c")));

            SourceEntity a = Objects.requireNonNull(found.get(key("a")));
            assertThat(json(a)).contains("\"2\"");
            assertThat(a.order()).isEqualTo("2");
            assertThat(a.pending()).extracting(OutboxRow::retryCount).containsExactlyInAnyOrder(0, 3);
            assertThat(a.pending())
                    .extracting(OutboxRow::id)
                    .containsExactlyInAnyOrderElementsOf(
                            postgres.rows(
                                    "SELECT id FROM outbox WHERE kind = 'email' AND processed_at IS NULL AND aggregate::text <> '9'"));
            assertThat(Objects.requireNonNull(found.get(key("b"))).pending()).isEmpty();
            assertThat(Objects.requireNonNull(found.get(key("c"))).content()).isNull();
            assertThat(rows.resolve(Arrays.asList("1", "3", "7", "x", "")))
                    .containsOnly(Map.entry("1", key("a")), Map.entry("3", key("b")));
        }
    }

    @Test
    void shouldReadQueriesAndOddlyNamedColumns() {
        postgres.execute(
                "CREATE TABLE \"Odd Table\" (\"Key One\" int PRIMARY KEY, \"c0\" text)",
                "INSERT INTO \"Odd Table\" VALUES (1, 'x')");
        DatasetConfig config = TestDataset.query(
                        "SELECT \"Key One\" AS k, c0, count(*) OVER () AS n FROM \"Odd Table\"", "c", "k")
                .key("k", "_id", KeyPartConfig.Type.INTEGER)
                .field("c0", "v")
                .field("n", "n")
                .config();

        assertThat(json(only(rows(config), key("1")))).isEqualTo("{\"v\":\"x\",\"n\":{\"$numberLong\":\"1\"}}");
        assertThat(json(only(
                        rows(TestDataset.documents("Odd Table", "c", null, "Key One")
                                .key("Key One", "_id", KeyPartConfig.Type.INTEGER)
                                .field("c0", "v")
                                .config()),
                        key("1"))))
                .isEqualTo("{\"v\":\"x\"}");
    }
}
