package io.plumbline.stores.scan;

import com.mongodb.client.model.Filters;
import java.util.Arrays;
import java.util.List;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * MongoDB compares a key only with keys of its own kind of type, so whoever pages through all keys of a collection does
 * it bracket by bracket. Together the brackets hold every value that a key can have.
 */
enum TypeBracket {
    NUMBER("number", new BsonDouble(Double.NEGATIVE_INFINITY)),
    STRING("string", new BsonString("")),
    DOCUMENT("object", new BsonDocument()),
    BINARY("binData", new BsonBinary(new byte[0])),
    OBJECT_ID("objectId", new BsonObjectId(new ObjectId(new byte[12]))),
    BOOLEAN("bool", BsonBoolean.FALSE),
    DATE("date", new BsonDateTime(Long.MIN_VALUE)),
    TIMESTAMP("timestamp", new BsonTimestamp(0)),
    /** Null, NaN (which no range of numbers holds) and the types that nobody uses as a key; read in one go. */
    REST("", null);

    private final String alias;

    @SuppressWarnings("ImmutableEnumChecker") // BSON's simple values are immutable, but not marked as such
    private final @Nullable BsonValue least;

    TypeBracket(String alias, @Nullable BsonValue least) {
        this.alias = alias;
        this.least = least;
    }

    /** All documents of the bracket. */
    Bson first(String field) {
        return least == null
                ? outside(
                        field,
                        Arrays.stream(values())
                                .map(b -> b.alias)
                                .filter(a -> !a.isEmpty())
                                .toList())
                : Filters.gte(field, least);
    }

    /** Those of the bracket after a key in it. */
    Bson after(String field, BsonValue key) {
        return Filters.gt(field, key);
    }

    /** All documents whose key no range of this bracket holds. */
    Bson others(String field) {
        return outside(field, List.of(alias));
    }

    /** Whether ranges of this bracket hold the key. */
    boolean holds(BsonValue key) {
        return switch (this) {
            case NUMBER -> key.isNumber() && !isNan(key);
            case STRING -> key.isString();
            default -> throw new IllegalStateException("there are no ranges of " + this);
        };
    }

    private static boolean isNan(BsonValue number) {
        return (number.isDouble() && Double.isNaN(number.asDouble().getValue()))
                || (number.isDecimal128() && number.asDecimal128().getValue().isNaN());
    }

    private static Bson outside(String field, List<String> aliases) {
        return Filters.or(Filters.not(new BsonDocument(field, types(aliases))), Filters.eq(field, Double.NaN));
    }

    private static BsonDocument types(List<String> aliases) {
        return new BsonDocument(
                "$type",
                new org.bson.BsonArray(aliases.stream().map(BsonString::new).toList()));
    }
}
