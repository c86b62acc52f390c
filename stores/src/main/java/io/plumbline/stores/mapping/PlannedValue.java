package io.plumbline.stores.mapping;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
import org.bson.BsonNull;
import org.bson.BsonNumber;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * What a repair writes for a converted source value. The type follows the column: {@code int2} and {@code int4} are
 * int32, {@code int8} int64, {@code numeric} decimal128, floats double. Fields declared as NUMBER over another column,
 * and numbers in JSON, are int32 or int64 where whole, double where that loses nothing, decimal128 otherwise. Dates are BSON dates, or
 * text where a format is declared. A null is a field that is not there.
 */
final class PlannedValue {

    private PlannedValue() {}

    static @Nullable BsonValue of(FieldMapping field, Cells cells, int cell) {
        return switch (cells.kind(cell)) {
            case NULL -> null;
            case LONG, DECIMAL, BIG_DECIMAL, DOUBLE -> number(field, cells, cell);
            case TEXT, OTHER -> new BsonString(cells.text(cell));
            case BOOLEAN -> BsonBoolean.valueOf(cells.number(cell) != 0);
            case INSTANT -> instant(field, cells, cell);
            case UUID -> new BsonBinary(new UUID(cells.number(cell), cells.low(cell)));
            case BINARY -> new BsonBinary(cells.bytes(cell));
            case OBJECT_ID -> new BsonObjectId(new ObjectId(cells.bytes(cell)));
            case TREE -> tree(cells.object(cell));
        };
    }

    private static BsonValue instant(FieldMapping field, Cells cells, int cell) {
        DateText format = field.format();
        return format == null
                ? new BsonDateTime(cells.number(cell))
                : new BsonString(format.text(cells.number(cell), cells.low(cell)));
    }

    private static BsonValue number(FieldMapping field, Cells cells, int cell) {
        SourceType type = field.config().path() == null ? field.column().type() : SourceType.JSON;
        if (type == SourceType.INTEGER) {
            long value = cells.number(cell);
            return field.column().declared().equals("int8") || (int) value != value
                    ? new BsonInt64(value)
                    : new BsonInt32((int) value);
        }
        if (type == SourceType.FLOAT4 || type == SourceType.FLOAT8) {
            return new BsonDouble(
                    cells.kind(cell) == Cell.DOUBLE
                            ? cells.doubleAt(cell)
                            : cells.decimal(cell).doubleValue());
        }
        if (!cells.isFinite(cell)) {
            return type == SourceType.NUMERIC
                    ? new BsonDecimal128(Decimal128.parse(Double.toString(cells.doubleAt(cell))))
                    : new BsonDouble(cells.doubleAt(cell));
        }
        BigDecimal value = cells.decimal(cell);
        boolean declared = field.config().type() == io.plumbline.topics.config.FieldConfig.Type.NUMBER;
        return type == SourceType.NUMERIC && !declared ? new BsonDecimal128(decimal(value)) : shortest(value);
    }

    private static BsonValue shortest(BigDecimal value) {
        BigDecimal stripped = Cells.stripped(value);
        if (stripped.scale() <= 0 && stripped.precision() - stripped.scale() < 20) {
            BigInteger whole = stripped.toBigIntegerExact();
            if (whole.bitLength() < Integer.SIZE) {
                return new BsonInt32(whole.intValue());
            }
            if (whole.bitLength() < Long.SIZE) {
                return new BsonInt64(whole.longValue());
            }
        }
        double nearest = value.doubleValue();
        return Double.isFinite(nearest) && BigDecimal.valueOf(nearest).compareTo(value) == 0
                ? new BsonDouble(nearest)
                : new BsonDecimal128(decimal(stripped));
    }

    private static Decimal128 decimal(BigDecimal value) {
        return new Decimal128(value);
    }

    /** Why the target could not hold a value; {@code null} where it can. */
    static @Nullable String impossible(FieldMapping field, Cells cells, int cell) {
        if (cells.kind(cell) == Cell.TREE) {
            return Tree.impossible(cells.object(cell));
        }
        if (cells.kind(cell) != Cell.BIG_DECIMAL) {
            return null;
        }
        try {
            PlannedValue.of(field, cells, cell);
            return null;
        } catch (NumberFormatException e) {
            return misfit(cells.decimal(cell));
        }
    }

    /** The same for a number in JSON. */
    static @Nullable String impossible(BigDecimal number) {
        if (Cells.isTooLarge(number)) {
            return "a number with an exponent beyond " + Cells.MAX_EXPONENT + " does not fit MongoDB";
        }
        try {
            shortest(number);
            return null;
        } catch (NumberFormatException e) {
            return misfit(number);
        }
    }

    private static String misfit(BigDecimal number) {
        int digits = number.precision();
        return digits > 34
                ? "a number of " + digits + " digits does not fit MongoDB's 34"
                : "a number with the exponent " + (digits - 1L - number.scale()) + " does not fit MongoDB";
    }

    /**
     * The planned value in the type that the target has there already, where that loses nothing: an application that
     * reads a double should not find a decimal128 after a repair.
     */
    static BsonValue like(@Nullable BsonValue observed, BsonValue planned) {
        if (observed == null || observed.getBsonType() == planned.getBsonType()) {
            return planned;
        }
        if (observed instanceof BsonObjectId
                && planned instanceof BsonString text
                && ObjectId.isValid(text.getValue())) {
            return new BsonObjectId(new ObjectId(text.getValue()));
        }
        if (!(observed instanceof BsonNumber) || !(planned instanceof BsonNumber number) || isSpecial(number)) {
            return planned;
        }
        BigDecimal value = exact(number);
        BsonValue adapted = switch (observed.getBsonType()) {
            case DOUBLE -> new BsonDouble(value.doubleValue());
            case INT32 -> new BsonInt32(value.intValue());
            case INT64 -> new BsonInt64(value.longValue());
            default -> planned instanceof BsonDouble ? new BsonDecimal128(decimal(value)) : planned;
        };
        return adapted instanceof BsonNumber same
                        && !isSpecial(same)
                        && exact(same).compareTo(value) == 0
                ? adapted
                : planned;
    }

    private static boolean isSpecial(BsonNumber number) {
        return !Double.isFinite(number.doubleValue());
    }

    private static BigDecimal exact(BsonNumber number) {
        return switch (number) {
            case BsonDouble value -> BigDecimal.valueOf(value.getValue());
            case BsonDecimal128 value -> BsonCells.exact(value.getValue());
            default -> BigDecimal.valueOf(number.longValue());
        };
    }

    private static BsonValue tree(Object node) {
        return switch (node) {
            case Map<?, ?> members -> {
                BsonDocument document = new BsonDocument();
                members.forEach(
                        (name, value) -> document.put((String) name, tree(java.util.Objects.requireNonNull(value))));
                yield document;
            }
            case List<?> elements -> {
                BsonArray array = new BsonArray();
                elements.forEach(element -> array.add(tree(java.util.Objects.requireNonNull(element))));
                yield array;
            }
            case BigDecimal value -> shortest(value);
            case Double value -> new BsonDouble(value);
            case Boolean value -> BsonBoolean.valueOf(value);
            case Instant value -> new BsonDateTime(value.toEpochMilli());
            case UUID value -> new BsonBinary(value);
            case ByteBuffer value -> new BsonBinary(Tree.bytes(value));
            case ObjectId value -> new BsonObjectId(value);
            case String value -> new BsonString(value);
            default -> BsonNull.VALUE;
        };
    }
}
