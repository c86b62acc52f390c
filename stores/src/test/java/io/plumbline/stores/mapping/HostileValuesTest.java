package io.plumbline.stores.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.config.FieldConfig;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.bson.BsonDateTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that no copy can hold, or that could cost more than a row may: each is a reason, never an exception. */
class HostileValuesTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "1e2147483647 | exponent",
                "-1e-2147483647 | exponent",
                "1e99999999999 | not JSON",
                "1234567890123456789012345678901234567891 | 40 digits",
                "{\"a\":[1e2147483647]} | exponent",
                "[1e-6300] | exponent",
                "{\"a\":{\"b\\u0000\":1}} | NUL",
                "\"\\ud800\" | surrogate",
                "[\"x\\udc00y\"] | surrogate",
                "{\"\\ud83dx\":1} | surrogate",
                "{\"a\":1} {\"a\":2} | not JSON",
                "[1 | not JSON",
            })
    void shouldSayWhyJsonCannotBeCopied(String json, String reason) {
        assertThat(reason(json)).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e6000",
                "0e2147483647",
                "{\"a\":\"\\ud83d\\ude00 and \\u0000\"}",
                "[9007199254740993, 1.5, -0.0, null]",
                "{\"$set\":{\"a.b\":1},\"\":2}",
                " ",
            })
    void shouldTakeWhatCanBeCopied(String json) {
        assertThat(reason(json)).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE + 1})
    void shouldCutDaysAtBothEndsOfWhatADateCanBe(long millis) {
        TestMapping mapping =
                TestMapping.of("date", SourceType.DATE, TestMapping.field().type(FieldConfig.Type.DATE));
        Cells day = TestMapping.cells();
        day.setInstant(0, Instant.parse("2024-02-29T00:00:00Z").toEpochMilli(), 0);

        assertThat(mapping.same(day, new BsonDateTime(millis))).isFalse();
    }

    private static @Nullable String reason(String json) {
        TestMapping mapping = TestMapping.of("json", SourceType.JSON, TestMapping.field());
        Cells cells = TestMapping.cells();
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        String reason = JsonCells.set(cells, 0, bytes, 0, bytes.length, null);
        return reason == null ? mapping.mapping().convertSource(cells) : reason;
    }
}
