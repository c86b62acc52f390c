package io.plumbline.stores.mapping;

import static io.plumbline.stores.mapping.TestMapping.cells;
import static io.plumbline.stores.mapping.TestMapping.field;
import static io.plumbline.stores.mapping.TestMapping.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.stores.TestDataset.Field;
import io.plumbline.topics.config.FieldConfig;
import io.plumbline.topics.config.LetterCase;
import java.time.Instant;
import java.util.List;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

/** What is the same under which declaration, and what a difference is called. */
class FieldDifferenceTest {

    private static TestMapping texts(Field field) {
        return TestMapping.of("text", SourceType.TEXT, field);
    }

    private static TestMapping times(Field field) {
        return TestMapping.of("timestamp", SourceType.TIMESTAMP, field);
    }

    private static Cells time(String instant) {
        Cells cells = cells();
        cells.setInstant(0, Instant.parse(instant).toEpochMilli(), 0);
        return cells;
    }

    private static Cells number(long value) {
        Cells cells = cells();
        cells.setLong(0, value);
        return cells;
    }

    @Test
    void shouldTellNullFromEmptyFromValue() {
        assertThat(texts(field()).difference(cells(), "null")).isEqualTo("same");
        assertThat(texts(field()).difference(cells(), "''")).isEqualTo("null-against-empty");
        assertThat(texts(field()).difference(text(""), "null")).isEqualTo("null-against-empty");
        assertThat(texts(field()).difference(text("a"), "null")).isEqualTo("null-against-value");
        assertThat(texts(field()).difference(cells(), "5")).isEqualTo("null-against-value");
        assertThat(texts(field()).difference(text(""), "'a'")).isEqualTo("value");
        assertThat(texts(field().emptyIsNull()).difference(cells(), "''")).isEqualTo("same");
        assertThat(texts(field().emptyIsNull().trim()).difference(text(" \t"), "null"))
                .isEqualTo("same");
    }

    @Test
    void shouldTakeAnAbsentFieldForNull() {
        TestMapping mapping = texts(field());

        assertThat(mapping.mapping()
                        .same(
                                mapping.source(cells()).values(),
                                mapping.mapping().target(new BsonDocument()).values()))
                .isTrue();
    }

    @Test
    void shouldFoldText() {
        assertThat(texts(field()).difference(text("a"), "'A'")).isEqualTo("value");
        assertThat(texts(field().letterCase(LetterCase.LOWER)).difference(text("ÄB"), "'äb'"))
                .isEqualTo("same");
        assertThat(texts(field().letterCase(LetterCase.UPPER)).difference(text("straße"), "'STRASSE'"))
                .isEqualTo("same");
        assertThat(texts(field()).difference(text("a "), "'a'")).isEqualTo("value");
        assertThat(texts(field().trim()).difference(text("\n a\u000b "), "' a'"))
                .isEqualTo("same");
    }

    @Test
    void shouldNameTypes() {
        assertThat(texts(field()).difference(text("5"), "5")).isEqualTo("type");
        assertThat(texts(field()).difference(text("5"), "['5']")).isEqualTo("type");
        assertThat(TestMapping.of("int4", SourceType.INTEGER, field()).difference(number(5), "'5'"))
                .isEqualTo("type");
        assertThat(TestMapping.of("int4", SourceType.INTEGER, field()).difference(number(5), "6.5"))
                .isEqualTo("value");
        assertThat(texts(field()).difference(text("0123456789abcdef01234567"), "{$oid: '0123456789abcdef01234567'}"))
                .isEqualTo("same");
        assertThat(texts(field()).difference(text("x"), "{$regex: 'x', $options: ''}"))
                .isEqualTo("type");
    }

    @Test
    void shouldTellTimesFromText() {
        Cells noon = time("2024-05-01T12:00:00Z");

        assertThat(times(field()).difference(noon.copy(), "{$date: '2024-05-01T12:00:00Z'}"))
                .isEqualTo("same");
        assertThat(times(field()).difference(noon.copy(), "'2024-05-01T12:00:00'"))
                .isEqualTo("timestamp-against-text");
        assertThat(times(field()).difference(noon.copy(), "'2023-01-01'")).isEqualTo("timestamp-against-text");
        assertThat(times(field()).difference(noon.copy(), "'soon'")).isEqualTo("type");
        assertThat(texts(field()).difference(text("2024-05-01"), "{$date: '2024-05-01T00:00:00Z'}"))
                .isEqualTo("timestamp-against-text");
    }

    @Test
    void shouldReadTimesInTheirFormatAndZone() {
        Cells noon = time("2024-05-01T12:00:00Z");
        Field iso = field().format("yyyy-MM-dd'T'HH:mm:ss");

        assertThat(times(iso).difference(noon.copy(), "'2024-05-01T12:00:00'")).isEqualTo("same");
        assertThat(times(iso).difference(noon.copy(), "'2024-05-01T12:00:01'")).isEqualTo("value");
        assertThat(times(iso).difference(noon.copy(), "'2024-05-01 12:00:00'")).isEqualTo("timestamp-against-text");
        assertThat(times(field().zone("Europe/Berlin")).difference(noon.copy(), "{$date: '2024-05-01T10:00:00Z'}"))
                .isEqualTo("same");
        assertThat(times(field().format("dd.MM.yyyy HH:mm").zone("Asia/Tokyo"))
                        .difference(time("2024-05-01T12:00:59Z"), "'01.05.2024 12:00'"))
                .isEqualTo("same");
        assertThat(times(field().type(FieldConfig.Type.DATE))
                        .difference(noon.copy(), "{$date: '2024-05-01T03:00:00Z'}"))
                .isEqualTo("same");
        assertThat(times(field().type(FieldConfig.Type.DATE))
                        .difference(noon.copy(), "{$date: '2024-05-02T00:00:00Z'}"))
                .isEqualTo("value");
    }

    @Test
    void shouldReadTextAsWhatIsDeclared() {
        assertThat(texts(field().type(FieldConfig.Type.NUMBER)).difference(text(" 12.50 "), "12.5"))
                .isEqualTo("same");
        assertThat(texts(field().type(FieldConfig.Type.BOOLEAN)).difference(text("t"), "true"))
                .isEqualTo("same");
        assertThat(texts(field().type(FieldConfig.Type.TIMESTAMP))
                        .difference(text("2024-05-01T14:00:00+02:00"), "{$date: '2024-05-01T12:00:00Z'}"))
                .isEqualTo("same");
        assertThat(texts(field().type(FieldConfig.Type.UUID))
                        .difference(
                                text("0192F0C1-2b3c-7d4e-8f90-a1b2c3d4e5f6"),
                                "{$uuid: '0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6'}"))
                .isEqualTo("same");
        for (FieldConfig.Type type : List.of(
                FieldConfig.Type.NUMBER,
                FieldConfig.Type.BOOLEAN,
                FieldConfig.Type.TIMESTAMP,
                FieldConfig.Type.DATE,
                FieldConfig.Type.UUID)) {
            assertThat(texts(field().type(type)).mapping().convertSource(text("what")))
                    .contains("column v for v: 'what' is");
        }
    }

    @Test
    void shouldCompareJsonByStructure() {
        TestMapping json = TestMapping.of("jsonb", SourceType.JSON, field());
        Cells source = cells();
        byte[] bytes = "{\"b\":[1,2.50,{\"x\":null}],\"a\":null}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        JsonCells.set(source, 0, bytes, 0, bytes.length, null);

        assertThat(json.difference(source.copy(), "{b: [{$numberLong: '1'}, 2.5, {}]}"))
                .isEqualTo("same");
        assertThat(json.difference(source.copy(), "{b: [1, 2.5]}")).isEqualTo("value");
        assertThat(json.difference(source.copy(), "'{}'")).isEqualTo("type");
    }

    @Test
    void shouldShortenWhatItShows() {
        TestMapping mapping = texts(field());
        String shown = mapping.mapping()
                .differences(
                        mapping.source(text("ä".repeat(5_000))).values(),
                        mapping.target("'x'").values())
                .getFirst()
                .source();

        assertThat(shown).hasSize(200).endsWith("…");
    }
}
