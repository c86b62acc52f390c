package io.plumbline.stores.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * JSON objects and arrays, from either store, in one form that {@link Object#equals} compares: sorted maps without null
 * members, lists, text, booleans, stripped decimals, instants (milliseconds), UUIDs, bytes, object ids.
 */
final class Tree {

    /** A null in an array, where it has a place; null members of objects are left out. */
    enum Null {
        NULL;

        @Override
        public String toString() {
            return "null";
        }
    }

    static final String BROKEN =
            "a text in it has half of a character (a surrogate alone), which MongoDB's cannot have";

    private Tree() {}

    /** Whether a text has a surrogate without its other half; JSON's escapes can write that. */
    static boolean isBroken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    static Object number(BigDecimal value) {
        return Cells.stripped(value);
    }

    /** A double by its shortest decimal; NaN and the infinities as they are. */
    static Object number(double value) {
        return Double.isFinite(value) ? number(BigDecimal.valueOf(value)) : (Object) value;
    }

    /** @param element what the text in it states, for arrays whose elements JSON has no type for */
    static Object of(JsonNode node, @Nullable SourceType element) {
        if (node.isObject()) {
            Map<String, Object> members = new TreeMap<>();
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                if (!member.getValue().isNull()) {
                    members.put(member.getKey(), of(member.getValue(), null));
                }
            }
            return members;
        }
        if (node.isArray()) {
            List<Object> elements = new ArrayList<>(node.size());
            for (JsonNode item : node) {
                elements.add(of(item, element));
            }
            return elements;
        }
        if (node.isNull()) {
            return Null.NULL;
        }
        if (node.isNumber()) {
            return number(node.decimalValue());
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return element == null ? node.textValue() : typed(node.textValue(), element);
    }

    private static Object typed(String text, SourceType element) {
        try {
            return switch (element) {
                case DATE, TIMESTAMP, TIMESTAMPTZ -> {
                    Long millis = DateText.iso(text, java.time.ZoneOffset.UTC);
                    yield millis == null ? text : Instant.ofEpochMilli(millis);
                }
                case UUID -> UUID.fromString(text);
                case BYTEA -> ByteBuffer.wrap(HexFormat.of().parseHex(text, 2, text.length()));
                case INTEGER, FLOAT4, FLOAT8, NUMERIC -> Double.parseDouble(text.replace("infinity", "Infinity"));
                default -> text;
            };
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return text; // stays what it is, and will be shown as a difference
        }
    }

    /** Why a BSON value cannot hold the tree; {@code null} where it can. */
    static @Nullable String impossible(Object node) {
        return switch (node) {
            case Map<?, ?> members -> {
                String reason = null;
                for (Map.Entry<?, ?> member : members.entrySet()) {
                    reason = reason == null ? impossibleName(String.valueOf(member.getKey())) : reason;
                    reason = reason == null ? impossible(java.util.Objects.requireNonNull(member.getValue())) : reason;
                }
                yield reason;
            }
            case List<?> elements -> {
                String reason = null;
                for (Object element : elements) {
                    reason = reason == null ? impossible(element) : reason;
                }
                yield reason;
            }
            case BigDecimal number -> PlannedValue.impossible(number);
            case String text -> isBroken(text) ? BROKEN : null;
            default -> null;
        };
    }

    private static @Nullable String impossibleName(String name) {
        if (name.indexOf('\0') >= 0) {
            return "a field's name has a NUL in it, which MongoDB's cannot have";
        }
        return isBroken(name) ? BROKEN : null;
    }

    /** As JSON, for people. */
    static String text(Object tree) {
        StringBuilder out = new StringBuilder();
        write(tree, out);
        return out.toString();
    }

    private static void write(Object node, StringBuilder out) {
        if (node instanceof Map<?, ?> members) {
            String separator = "{";
            for (Map.Entry<?, ?> member : members.entrySet()) {
                out.append(separator);
                quote(String.valueOf(member.getKey()), out);
                out.append(':');
                write(java.util.Objects.requireNonNull(member.getValue()), out);
                separator = ",";
            }
            out.append(members.isEmpty() ? "{}" : "}");
        } else if (node instanceof List<?> elements) {
            String separator = "[";
            for (Object element : elements) {
                out.append(separator);
                write(element, out);
                separator = ",";
            }
            out.append(elements.isEmpty() ? "[]" : "]");
        } else if (node instanceof BigDecimal number) {
            out.append(number);
        } else if (node instanceof Boolean || node instanceof Null) {
            out.append(node);
        } else if (node instanceof ByteBuffer bytes) {
            quote(HexFormat.of().formatHex(bytes(bytes)), out);
        } else if (node instanceof ObjectId id) {
            quote(id.toHexString(), out);
        } else {
            quote(node.toString(), out);
        }
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static void quote(String text, StringBuilder out) {
        out.append(io.plumbline.topics.json.Json.text(text));
    }
}
