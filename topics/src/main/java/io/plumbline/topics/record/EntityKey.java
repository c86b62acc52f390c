package io.plumbline.topics.record;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The identity of an entity: its dataset and the normalised key of the target (of a document, or of an element of an
 * array in a document), one canonical text per declared key part.
 *
 * <p>Its text, which is also its Kafka key, is {@code dataset/part/part}: percent-encoded UTF-8 for {@code %},
 * {@code /} and control characters, everything else as it is. Equal entities have equal texts, and the reverse.
 */
public record EntityKey(String dataset, List<String> parts) {

    public EntityKey {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("an entity of " + dataset + " has no key part");
        }
    }

    public static EntityKey of(String dataset, String... parts) {
        return new EntityKey(dataset, List.of(parts));
    }

    /** Reads the text form; throws {@link IllegalArgumentException} where it is not one. */
    @JsonCreator
    public static EntityKey parse(String text) {
        String[] pieces = text.split("/", -1);
        if (pieces.length < 2) {
            throw new IllegalArgumentException("'" + text + "' is not an entity key: dataset/part[/part...] is");
        }
        List<String> parts = new ArrayList<>(pieces.length - 1);
        for (int i = 1; i < pieces.length; i++) {
            parts.add(decode(pieces[i]));
        }
        return new EntityKey(decode(pieces[0]), parts);
    }

    /** The key's parts alone, as people write them after {@code --keys}: {@code part/part}. */
    public static EntityKey parse(String dataset, String partsText) {
        return parse(encode(dataset) + "/" + partsText);
    }

    @JsonValue
    public String text() {
        StringBuilder text = new StringBuilder(encode(dataset));
        for (String part : parts) {
            text.append('/').append(encode(part));
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return text();
    }

    private static String encode(String part) {
        StringBuilder out = null;
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '%' || c == '/' || c < 0x20 || c == 0x7f) {
                if (out == null) {
                    out = new StringBuilder(part.length() + 8).append(part, 0, i);
                }
                out.append('%').append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else if (out != null) {
                out.append(c);
            }
        }
        return out == null ? part : out.toString();
    }

    private static String decode(String piece) {
        if (piece.indexOf('%') < 0) {
            return piece;
        }
        byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[bytes.length];
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                out[length++] = bytes[i];
            } else if (i + 2 < bytes.length && hex(bytes[i + 1]) >= 0 && hex(bytes[i + 2]) >= 0) {
                out[length++] = (byte) (hex(bytes[i + 1]) * 16 + hex(bytes[i + 2]));
                i += 2;
            } else {
                throw new IllegalArgumentException("'" + piece + "' has a % that is not followed by two hex digits");
            }
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }

    private static int hex(byte digit) {
        return Character.digit(digit, 16);
    }
}
