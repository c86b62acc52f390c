package io.plumbline.stores.mapping;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.ByteBuf;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** Reads BSON values out of a document's bytes: into cells, into trees, or over them. */
public final class BsonCells {

    private static final VarHandle INT32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int UUID_LEGACY = 3;
    private static final int UUID_STANDARD = 4;

    private BsonCells() {}

    /** Puts the value of this type that begins at the offset into a cell. */
    public static void set(Cells cells, int cell, byte type, byte[] bytes, int at) {
        switch (type) {
            case 0x01 -> cells.setDouble(cell, Double.longBitsToDouble(int64(bytes, at)));
            case 0x02 -> cells.setText(cell, bytes, at + 4, int32(bytes, at) - 1);
            case 0x03, 0x04 -> cells.setTree(cell, tree(type, bytes, at));
            case 0x05 -> binary(cells, cell, bytes, at);
            case 0x06, 0x0a -> cells.setNull(cell);
            case 0x07 -> cells.setObjectId(cell, bytes, at);
            case 0x08 -> cells.setBoolean(cell, bytes[at] != 0);
            case 0x09 -> cells.setInstant(cell, int64(bytes, at), 0);
            case 0x10 -> cells.setLong(cell, int32(bytes, at));
            case 0x12 -> cells.setLong(cell, int64(bytes, at));
            case 0x13 ->
                decimal(cells, cell, Decimal128.fromIEEE754BIDEncoding(int64(bytes, at + 8), int64(bytes, at)));
            default -> cells.setOther(cell, name(type));
        }
    }

    /** A document's bytes. */
    static byte[] bytes(BsonDocument document) {
        ByteBuf encoded = new RawBsonDocument(document, new BsonDocumentCodec()).getByteBuffer();
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }

    /** The value of this type that begins at the offset, as the driver has it. */
    public static BsonValue value(byte type, byte[] bytes, int at) {
        return switch (type) {
            case 0x01 -> new BsonDouble(Double.longBitsToDouble(int64(bytes, at)));
            case 0x02 -> new BsonString(new String(bytes, at + 4, int32(bytes, at) - 1, StandardCharsets.UTF_8));
            case 0x08 -> BsonBoolean.valueOf(bytes[at] != 0);
            case 0x09 -> new BsonDateTime(int64(bytes, at));
            case 0x0a -> BsonNull.VALUE;
            case 0x10 -> new BsonInt32(int32(bytes, at));
            case 0x12 -> new BsonInt64(int64(bytes, at));
            case 0x13 -> new BsonDecimal128(Decimal128.fromIEEE754BIDEncoding(int64(bytes, at + 8), int64(bytes, at)));
            default -> ofDocument(type, bytes, at);
        };
    }

    /** By way of a document of its own: the driver reads values in documents only. */
    private static BsonValue ofDocument(byte type, byte[] bytes, int at) {
        int length = after(type, bytes, at) - at;
        byte[] document = new byte[length + 8];
        INT32.set(document, 0, document.length);
        document[4] = type;
        document[5] = 'v';
        System.arraycopy(bytes, at, document, 7, length);
        return Objects.requireNonNull(new RawBsonDocument(document).get("v"));
    }

    private static void binary(Cells cells, int cell, byte[] bytes, int at) {
        int length = int32(bytes, at);
        int subtype = bytes[at + 4];
        int data = at + 5;
        if (length == 16 && subtype == UUID_STANDARD) {
            cells.setUuid(cell, big64(bytes, data), big64(bytes, data + 8));
        } else if (length == 16 && subtype == UUID_LEGACY) {
            cells.setUuid(cell, int64(bytes, data), int64(bytes, data + 8)); // as Java drivers wrote it
        } else {
            cells.setBinary(cell, bytes, data, length);
        }
    }

    private static void decimal(Cells cells, int cell, Decimal128 value) {
        if (value.isNaN() || value.isInfinite()) {
            cells.setDouble(cell, value.doubleValue());
        } else {
            cells.setDecimal(cell, exact(value));
        }
    }

    static BigDecimal exact(Decimal128 value) {
        try {
            return value.bigDecimalValue();
        } catch (ArithmeticException e) {
            return BigDecimal.ZERO; // a negative zero is the only finite value without a BigDecimal
        }
    }

    static Object tree(byte type, byte[] bytes, int at) {
        return switch (type) {
            case 0x01 -> Tree.number(Double.longBitsToDouble(int64(bytes, at)));
            case 0x02 -> new String(bytes, at + 4, int32(bytes, at) - 1, StandardCharsets.UTF_8);
            case 0x03 -> object(bytes, at);
            case 0x04 -> array(bytes, at);
            case 0x05 -> binaryTree(bytes, at);
            case 0x06, 0x0a -> Tree.Null.NULL;
            case 0x07 -> new ObjectId(java.util.Arrays.copyOfRange(bytes, at, at + 12));
            case 0x08 -> bytes[at] != 0;
            case 0x09 -> Instant.ofEpochMilli(int64(bytes, at));
            case 0x10 -> Tree.number(BigDecimal.valueOf(int32(bytes, at)));
            case 0x12 -> Tree.number(BigDecimal.valueOf(int64(bytes, at)));
            case 0x13 -> {
                Decimal128 value = Decimal128.fromIEEE754BIDEncoding(int64(bytes, at + 8), int64(bytes, at));
                yield value.isNaN() || value.isInfinite()
                        ? Tree.number(value.doubleValue())
                        : Tree.number(exact(value));
            }
            default -> name(type);
        };
    }

    private static Object binaryTree(byte[] bytes, int at) {
        int length = int32(bytes, at);
        int subtype = bytes[at + 4];
        int data = at + 5;
        return length == 16 && subtype == UUID_STANDARD
                ? new UUID(big64(bytes, data), big64(bytes, data + 8))
                : ByteBuffer.wrap(java.util.Arrays.copyOfRange(bytes, data, data + length));
    }

    private static Map<String, Object> object(byte[] bytes, int at) {
        Map<String, Object> members = new TreeMap<>();
        for (int i = at + 4; bytes[i] != 0; ) {
            byte type = bytes[i++];
            int end = nameEnd(bytes, i);
            int value = end + 1;
            if (type != 0x0a && type != 0x06) {
                members.put(new String(bytes, i, end - i, StandardCharsets.UTF_8), tree(type, bytes, value));
            }
            i = after(type, bytes, value);
        }
        return members;
    }

    private static List<Object> array(byte[] bytes, int at) {
        List<Object> elements = new ArrayList<>();
        for (int i = at + 4; bytes[i] != 0; ) {
            byte type = bytes[i++];
            int value = nameEnd(bytes, i) + 1;
            elements.add(tree(type, bytes, value));
            i = after(type, bytes, value);
        }
        return elements;
    }

    /** The offset of the zero that ends the name which begins here. */
    public static int nameEnd(byte[] bytes, int at) {
        int end = at;
        while (bytes[end] != 0) {
            end++;
        }
        return end;
    }

    /** The offset after the value of this type that begins here. */
    public static int after(byte type, byte[] bytes, int at) {
        return switch (type) {
            case 0x01, 0x09, 0x11, 0x12 -> at + 8;
            case 0x02, 0x0d, 0x0e -> at + 4 + int32(bytes, at);
            case 0x03, 0x04, 0x0f -> at + int32(bytes, at);
            case 0x05 -> at + 5 + int32(bytes, at);
            case 0x06, 0x0a, (byte) 0xff, 0x7f -> at;
            case 0x07 -> at + 12;
            case 0x08 -> at + 1;
            case 0x0b -> nameEnd(bytes, nameEnd(bytes, at) + 1) + 1;
            case 0x0c -> at + 4 + int32(bytes, at) + 12;
            case 0x10 -> at + 4;
            case 0x13 -> at + 16;
            default -> throw new IllegalArgumentException("BSON type " + type + " is unknown");
        };
    }

    /** A type as people know it, such as {@code an array}. */
    public static String name(byte type) {
        @Nullable BsonType known = BsonType.findByValue(type & 0xff);
        if (known == null) {
            return "a value of unknown type";
        }
        return switch (known) {
            case ARRAY -> "an array";
            case DOCUMENT -> "an object";
            case STRING -> "text";
            case INT32, INT64, DOUBLE, DECIMAL128 -> "a number";
            case BOOLEAN -> "a boolean";
            case DATE_TIME -> "a date";
            case OBJECT_ID -> "an ObjectId";
            case BINARY -> "binary";
            case NULL, UNDEFINED -> "null";
            default ->
                "a BSON " + known.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        };
    }

    public static int int32(byte[] bytes, int at) {
        return (int) INT32.get(bytes, at);
    }

    static long int64(byte[] bytes, int at) {
        return (long) INT64.get(bytes, at);
    }

    private static long big64(byte[] bytes, int at) {
        return Long.reverseBytes(int64(bytes, at));
    }
}
