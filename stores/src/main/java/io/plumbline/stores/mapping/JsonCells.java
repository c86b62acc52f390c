package io.plumbline.stores.mapping;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.plumbline.topics.json.Json;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads JSON text into cells: what a {@code json} or {@code jsonb} value is, or what a pointer into JSON text finds. */
public final class JsonCells {

    /** A text with more after its JSON is not JSON. */
    private static final ObjectReader READER =
            Json.MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonCells() {}

    /** Puts a JSON value into a cell; short scalars, most of what paths find, without a parser. Returns why it cannot. */
    public static @Nullable String set(
            Cells cells, int cell, byte[] bytes, int at, int length, @Nullable SourceType element) {
        if (length > 1 && bytes[at] == '"' && plain(bytes, at + 1, at + length - 1)) {
            cells.setText(cell, bytes, at + 1, length - 2);
            return null;
        }
        try {
            return set(cells, cell, parse(bytes, at, length), element);
        } catch (IOException e) {
            return "not JSON: " + firstLine(e);
        }
    }

    /** Parses JSON text; empty text states nothing. Throws {@link IOException} where it is no JSON. */
    public static JsonNode parse(byte[] bytes, int at, int length) throws IOException {
        try {
            return READER.readTree(bytes, at, length);
        } catch (NumberFormatException e) { // of an exponent that no number in Java has
            throw new IOException(e.getMessage(), e);
        }
    }

    public static @Nullable String set(Cells cells, int cell, JsonNode document, JsonPointer path) {
        return set(cells, cell, document.at(path), (SourceType) null);
    }

    private static @Nullable String set(Cells cells, int cell, JsonNode node, @Nullable SourceType element) {
        if (node.isContainerNode()) {
            cells.setTree(cell, Tree.of(node, element));
        } else if (node.isIntegralNumber() && node.canConvertToLong()) {
            cells.setLong(cell, node.longValue());
        } else if (node.isNumber()) {
            cells.setDecimal(cell, node.decimalValue());
        } else if (node.isBoolean()) {
            cells.setBoolean(cell, node.booleanValue());
        } else if (node.isTextual()) {
            String text = node.textValue();
            if (Tree.isBroken(text)) {
                return Tree.BROKEN;
            }
            cells.setText(cell, text);
        } else {
            cells.setNull(cell);
        }
        return null;
    }

    private static boolean plain(byte[] bytes, int from, int to) {
        if (bytes[to] != '"') {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\\' || bytes[i] == '"') {
                return false;
            }
        }
        return true;
    }

    public static String firstLine(IOException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
