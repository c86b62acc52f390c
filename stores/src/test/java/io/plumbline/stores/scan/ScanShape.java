package io.plumbline.stores.scan;

import io.plumbline.topics.config.BreakerConfig;
import io.plumbline.topics.config.DatasetConfig;
import io.plumbline.topics.config.FieldConfig;
import io.plumbline.topics.config.KeyPartConfig;
import io.plumbline.topics.config.LetterCase;
import io.plumbline.topics.config.RetryConfig;
import io.plumbline.topics.config.SourceConfig;
import io.plumbline.topics.config.TargetConfig;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** A way in which a dataset can be keyed: its table, its configuration, its keys and where its entities lie. */
enum ScanShape {
    /** Ranges: an integer primary key. */
    INTEGER("id bigint PRIMARY KEY, row_id bigint", true),
    /** Ranges: several rows per integer. */
    INTEGERS("row_id bigint PRIMARY KEY, id bigint; CREATE INDEX ON scanned (id)", false),
    /** Ranges: text in binary order. */
    TEXT("id text COLLATE \"C\" PRIMARY KEY, row_id bigint", true),
    /** Ranges: several rows per text in binary order. */
    TEXTS("row_id bigint PRIMARY KEY, id text COLLATE \"C\"; CREATE INDEX ON scanned (id)", false),
    /** Look-ups: text in the database's own order, spelt differently on the two sides. */
    SPELT("row_id bigint PRIMARY KEY, id text", false),
    /** Look-ups: two parts, neither of them the document's {@code _id}. */
    TWO_PARTS("row_id bigint PRIMARY KEY, id text, part integer", false),
    /** Look-ups: elements of arrays. */
    ELEMENTS("row_id bigint PRIMARY KEY, id text, part integer", false);

    private static final String[] TEXT_KEYS = {
        "a",
        "b",
        "A",
        "B",
        "aa",
        "ab",
        "a/b",
        "a%b",
        "a b",
        "'",
        "\"",
        "\\",
        "ä",
        "Z",
        "z",
        "~",
        "é",
        "ﬁ",
        "0",
        "10",
        "9",
        "\u0001",
        "line\nbreak",
        "{}",
        "null",
        "$a",
        "a.b",
        "2007/255",
        "2007_255"
    };

    private final String columns;
    private final boolean unique;

    ScanShape(String columns, boolean unique) {
        this.columns = columns;
        this.unique = unique;
    }

    boolean isUnique() {
        return unique;
    }

    boolean isByRange() {
        return this == INTEGER || this == INTEGERS || this == TEXT || this == TEXTS;
    }

    boolean hasTwoParts() {
        return this == TWO_PARTS || this == ELEMENTS;
    }

    boolean isInteger() {
        return this == INTEGER || this == INTEGERS;
    }

    String ddl() {
        String[] statements = columns.split(";", 2);
        return "DROP TABLE IF EXISTS scanned; CREATE TABLE scanned (" + statements[0]
                + ", version int NOT NULL, name text, amount numeric, changed timestamptz NOT NULL);"
                + (statements.length > 1 ? statements[1] : "");
    }

    /** A random key as a row spells it; sometimes none. */
    @Nullable
    String rawKey(Random random) {
        if (!unique && random.nextInt(20) == 0) {
            return random.nextBoolean() && !isInteger() ? "" : null;
        }
        String key =
                isInteger() ? Integer.toString(random.nextInt(61) - 20) : TEXT_KEYS[random.nextInt(TEXT_KEYS.length)];
        return this == SPELT && random.nextBoolean() ? " " + key.toUpperCase(Locale.ROOT) : key;
    }

    /** The entity's parts of a row; {@code null} where the row has no usable key. */
    @Nullable
    List<String> parts(@Nullable String id, int part) {
        if (id == null || id.isEmpty()) {
            return null;
        }
        String first = this == SPELT ? id.strip().toLowerCase(Locale.ROOT).replace('/', '_') : id;
        if (first.isEmpty()) {
            return null;
        }
        return hasTwoParts() ? List.of(first, Integer.toString(part)) : List.of(first);
    }

    /** The document's key, or that of the document that holds the element. */
    Document documentKey(List<String> parts) {
        Object first = isInteger() ? (Object) Long.valueOf(parts.getFirst()) : parts.getFirst();
        return this == TWO_PARTS
                ? new Document("client", first).append("file", Integer.valueOf(parts.get(1)))
                : new Document("_id", first);
    }

    DatasetConfig config(int segmentSize) {
        return config(segmentSize, "changed");
    }

    DatasetConfig configWithoutChangeTime() {
        return config(10, null);
    }

    private DatasetConfig config(int segmentSize, @Nullable String changeTime) {
        return new DatasetConfig(
                new SourceConfig("scanned", null, List.of(unique ? "id" : "row_id"), "version", changeTime),
                new TargetConfig("copies", this == ELEMENTS ? "items" : null, false),
                key(),
                List.of(field("name"), field("amount")),
                DatasetConfig.RepairPolicy.AUTO,
                DatasetConfig.ExtraPolicy.REPORT,
                new BreakerConfig(100, 1, Duration.ofMinutes(1)),
                new RetryConfig(3, Duration.ofSeconds(1), Duration.ofSeconds(30)),
                Duration.ofSeconds(1),
                3,
                Duration.ofHours(48),
                Duration.ofMinutes(5),
                segmentSize,
                4,
                Duration.ofHours(1),
                Duration.ofSeconds(60),
                null,
                null,
                null,
                null);
    }

    private List<KeyPartConfig> key() {
        return switch (this) {
            case INTEGER, INTEGERS -> List.of(document("id", "_id", KeyPartConfig.Type.INTEGER));
            case TEXT, TEXTS -> List.of(document("id", "_id", KeyPartConfig.Type.TEXT));
            case SPELT ->
                List.of(new KeyPartConfig(
                        "id",
                        "_id",
                        null,
                        KeyPartConfig.Type.TEXT,
                        true,
                        LetterCase.LOWER,
                        new KeyPartConfig.Rewrite("/", "_")));
            case TWO_PARTS ->
                List.of(
                        document("id", "client", KeyPartConfig.Type.TEXT),
                        document("part", "file", KeyPartConfig.Type.INTEGER));
            case ELEMENTS ->
                List.of(
                        document("id", "_id", KeyPartConfig.Type.TEXT),
                        new KeyPartConfig("part", null, "file", KeyPartConfig.Type.INTEGER, false, null, null));
        };
    }

    private static KeyPartConfig document(String source, String field, KeyPartConfig.Type type) {
        return new KeyPartConfig(source, field, null, type, false, null, null);
    }

    private static FieldConfig field(String name) {
        return new FieldConfig(
                name,
                null,
                name,
                FieldConfig.Type.AUTO,
                false,
                null,
                false,
                null,
                (@Nullable BigDecimal) null,
                null,
                null);
    }
}
