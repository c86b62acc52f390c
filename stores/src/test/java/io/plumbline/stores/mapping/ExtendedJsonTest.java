package io.plumbline.stores.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonJavaScript;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonTimestamp;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExtendedJsonTest {

    static List<BsonValue> values() {
        return List.of(
                new BsonString("quoted \" \\ / \u0000 \u001f \u2028 é \uD83D\uDE00"),
                new BsonString(""),
                new BsonInt32(Integer.MIN_VALUE),
                new BsonInt64(Long.MAX_VALUE),
                new BsonDouble(1e300),
                new BsonDouble(-0.0),
                new BsonDouble(Double.NaN),
                new BsonDouble(Double.NEGATIVE_INFINITY),
                new BsonDecimal128(Decimal128.parse("-1.50E+400")),
                new BsonDecimal128(Decimal128.NaN),
                new BsonDecimal128(Decimal128.NEGATIVE_ZERO),
                BsonBoolean.TRUE,
                BsonNull.VALUE,
                new BsonUndefined(),
                new BsonDateTime(-62_135_596_800_001L),
                new BsonDateTime(Long.MAX_VALUE),
                new BsonObjectId(new ObjectId("0123456789abcdef01234567")),
                new BsonBinary(new UUID(1, 2)),
                new BsonBinary((byte) 0x80, new byte[] {1, 2}),
                new BsonRegularExpression("a:}", "i"),
                new BsonTimestamp(5, 6),
                new BsonSymbol("s"),
                new BsonJavaScript("f()"),
                new BsonMinKey(),
                new BsonMaxKey(),
                new BsonArray(List.of(new BsonInt32(1), new BsonDocument(), new BsonArray())),
                new BsonDocument("a.b", new BsonDocument("$c", new BsonMaxKey())).append("", new BsonInt32(0)));
    }

    @ParameterizedTest
    @MethodSource("values")
    void shouldBeWhatTheDriverReadsBackAsTheSame(BsonValue value) {
        BsonDocument document = new BsonDocument("first", value).append("then", new BsonInt32(1));

        assertThat(BsonDocument.parse(ExtendedJson.of(document))).isEqualTo(document);
    }

    @ParameterizedTest
    @MethodSource("values")
    void shouldBeReadFromBytesAsTheDriverReadsIt(BsonValue value) {
        byte[] bytes = BsonCells.bytes(new BsonDocument("v", value));

        assertThat(BsonCells.value(bytes[4], bytes, 7)).isEqualTo(value);
    }
}
