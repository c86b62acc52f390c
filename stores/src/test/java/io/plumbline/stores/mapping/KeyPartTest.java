package io.plumbline.stores.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.config.KeyPartConfig;
import io.plumbline.topics.config.KeyPartConfig.Rewrite;
import io.plumbline.topics.config.LetterCase;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyPartTest {

    private static KeyPart part(
            KeyPartConfig.Type type, boolean trim, @Nullable LetterCase letterCase, @Nullable Rewrite rewrite) {
        return new KeyPart(
                new KeyPartConfig("k", "_id", null, type, trim, letterCase, rewrite),
                new SourceColumn("k", "text", SourceType.TEXT, null));
    }

    private static KeyPart plain(KeyPartConfig.Type type) {
        return part(type, false, null, null);
    }

    @Test
    void shouldTrimRewriteAndFoldInThisOrder() {
        KeyPart part = part(KeyPartConfig.Type.TEXT, true, LetterCase.LOWER, new Rewrite("([A-Z]+)/(\\d+)", "\\2_$1"));

        assertThat(part.canonical(" ABC/12\n")).isEqualTo("12_abc");
        assertThat(part.canonical(" x ")).isEqualTo("x");
        assertThat(part.canonical("  ")).isNull();
    }

    @Test
    void shouldTakeOddReplacementsLiterally() {
        assertThat(part(KeyPartConfig.Type.TEXT, false, null, new Rewrite("/", "$$"))
                        .canonical("a/b"))
                .isEqualTo("a$b");
        assertThat(part(KeyPartConfig.Type.TEXT, false, null, new Rewrite("/", "\\\\"))
                        .canonical("a/b"))
                .isEqualTo("a\\b");
        assertThat(part(KeyPartConfig.Type.TEXT, false, null, new Rewrite("b", "[$0]"))
                        .canonical("abc"))
                .isEqualTo("a[b]c");
    }

    @ParameterizedTest
    @CsvSource({
        "INTEGER, 007, false",
        "INTEGER, -0, false",
        "INTEGER, 12, true",
        "INTEGER, 1.0, false",
        "INTEGER, +1, false",
        "UUID, 0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6, true",
        "UUID, 0192F0C1-2b3c-7d4e-8f90-a1b2c3d4e5f6, false",
        "UUID, 1-1-1-1-1, false",
        "DATE, 2024-02-29, true",
        "DATE, 2023-02-29, false",
        "DATE, 2024-2-9, false",
        "OBJECT_ID, 0123456789abcdef01234567, true",
        "OBJECT_ID, 0123456789ABCDEF01234567, false",
        "TEXT, x/y, true"
    })
    void shouldKnowOneSpellingOfEachType(KeyPartConfig.Type type, String text, boolean canonical) {
        assertThat(plain(type).canonical(text)).isEqualTo(canonical ? text : null);
        assertThat(plain(type).set(new Cells(1), 0, text)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "INTEGER, 12",
        "INTEGER, -9223372036854775808",
        "UUID, 0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6",
        "DATE, 2024-02-29",
        "DATE, 1969-12-31",
        "OBJECT_ID, 0123456789abcdef01234567",
        "TEXT, grün"
    })
    void shouldReadInTheTargetWhatItWouldWriteThere(KeyPartConfig.Type type, String text) {
        KeyPart part = plain(type);
        Cells cells = natural(new BsonDocument("v", part.toBson(text)));

        assertThat(part.normaliseTarget(cells, 0)).isNull();
        assertThat(part.text(cells, 0)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INTEGER | {v: '12'} | a whole number", "INTEGER | {v: 1.5} | a whole number",
                "TEXT | {v: 12} | text that is not empty", "TEXT | {v: ''} | text that is not empty",
                "TEXT | {v: null} | null or absent", "UUID | {v: '0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6'} | subtype 4",
                "DATE | {v: {$date: '2024-01-01T01:00:00Z'}} | midnight", "OBJECT_ID | {v: 'x'} | an ObjectId"
            })
    void shouldSayWhyATargetsValueIsNoKey(KeyPartConfig.Type type, String document, String reason) {
        Cells cells = natural(BsonDocument.parse(document));

        assertThat(plain(type).normaliseTarget(cells, 0)).contains("_id").contains(reason);
        assertThat(cells.isNull(0)).isTrue();
    }

    @Test
    void shouldRefuseATargetsKeyThatIsNotSpeltAsDeclared() {
        KeyPart part = part(KeyPartConfig.Type.TEXT, true, LetterCase.UPPER, null);

        assertThat(part.normaliseTarget(natural(BsonDocument.parse("{v: 'AB'}")), 0))
                .isNull();
        assertThat(part.normaliseTarget(natural(BsonDocument.parse("{v: 'aB '}")), 0))
                .contains("declared spelling");
    }

    @Test
    void shouldNotNameWhatPostgresCannotHold() {
        assertThat(plain(KeyPartConfig.Type.TEXT).set(new Cells(1), 0, "a\0b")).isFalse();
        assertThat(plain(KeyPartConfig.Type.TEXT).set(new Cells(1), 0, "a\ud800b"))
                .isFalse();
    }

    @Test
    void shouldRefuseATargetsKeyThatCouldNotBeAskedFor() {
        KeyPart part = plain(KeyPartConfig.Type.TEXT);
        String longest = "k".repeat(KeyPart.LONGEST);

        assertThat(part.normaliseTarget(natural(text("\ud83d\ude00")), 0)).isNull();
        assertThat(part.normaliseTarget(natural(text(longest)), 0)).isNull();
        assertThat(part.normaliseTarget(natural(text(longest + "k")), 0)).contains("is not a key");
        assertThat(part.normaliseTarget(natural(text("a\0b")), 0)).contains("is not a key");
        assertThat(part.set(new Cells(1), 0, longest)).isTrue();
        assertThat(part.set(new Cells(1), 0, longest + "k")).isFalse();
    }

    private static BsonDocument text(String text) {
        return new BsonDocument("v", new BsonString(text));
    }

    private static Cells natural(BsonDocument document) {
        Cells cells = new Cells(1);
        if (document.get("v", BsonNull.VALUE).isNull()) {
            return cells;
        }
        RawBsonDocument raw = new RawBsonDocument(document, new BsonDocumentCodec());
        byte[] bytes = new byte[raw.getByteBuffer().remaining()];
        raw.getByteBuffer().get(bytes);
        BsonCells.set(cells, 0, bytes[4], bytes, 7);
        return cells;
    }
}
