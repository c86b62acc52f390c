package io.plumbline.stores.mapping;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Cells as people read them. */
public final class CellText {

    private static final int LONGEST = 200;

    private CellText() {}

    public static String of(Cells cells, int cell) {
        return switch (cells.kind(cell)) {
            case NULL -> "null";
            case LONG -> Long.toString(cells.number(cell));
            case DECIMAL -> cells.decimal(cell).toPlainString();
            case BIG_DECIMAL -> cells.decimal(cell).toString();
            case DOUBLE -> Double.toString(cells.doubleAt(cell));
            case TEXT, OTHER -> cells.text(cell);
            case BOOLEAN -> Boolean.toString(cells.number(cell) != 0);
            case INSTANT -> Instant.ofEpochMilli(cells.number(cell)).toString();
            case UUID -> new UUID(cells.number(cell), cells.low(cell)).toString();
            case BINARY, OBJECT_ID ->
                HexFormat.of()
                        .formatHex(cells.buffer(cell), cells.offset(cell), cells.offset(cell) + cells.length(cell));
            case TREE -> Tree.text(cells.object(cell));
        };
    }

    /** Shortened to 200 characters; {@code null} for null. */
    static @Nullable String brief(Cells cells, int cell) {
        Cell kind = cells.kind(cell);
        if (kind == Cell.NULL) {
            return null;
        }
        boolean large = kind == Cell.TEXT && cells.length(cell) > 4 * LONGEST;
        String text = large
                ? new String(cells.buffer(cell), cells.offset(cell), 4 * LONGEST, StandardCharsets.UTF_8)
                : of(cells, cell);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }
}
