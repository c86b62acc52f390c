package io.plumbline.stores.mapping;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes a source value what its field is compared as: text that states a number, a date, a UUID or a boolean is read,
 * local date-times get their zone. What cannot be made so is a reason, never an exception.
 */
final class Conversion {

    private final ComparedAs as;
    private final ZoneId zone;
    private final boolean local;
    private final @Nullable DateText format;

    /** @param local whether the source's date-times have no zone of their own */
    Conversion(ComparedAs as, ZoneId zone, boolean local, @Nullable DateText format) {
        this.as = as;
        this.zone = zone;
        this.local = local && !zone.equals(ZoneOffset.UTC);
        this.format = format;
    }

    /** Why the cell cannot be compared; {@code null} where it can. */
    @Nullable
    String apply(Cells cells, int cell) {
        Cell kind = cells.kind(cell);
        if (kind == Cell.INSTANT && local) {
            zoned(cells, cell);
        }
        if (kind == Cell.BIG_DECIMAL && Cells.isTooLarge(cells.decimal(cell))) {
            return "a number with an exponent beyond " + Cells.MAX_EXPONENT + " cannot be compared";
        }
        return switch (as) {
            case JSON, BINARY -> null;
            case NUMBER -> kind == Cell.TEXT ? number(cells, cell) : expect(cells, cell, kind.isNumber());
            case BOOLEAN -> bool(cells, cell);
            case DAY, INSTANT -> kind == Cell.TEXT ? instant(cells, cell) : expect(cells, cell, kind == Cell.INSTANT);
            case UUID -> kind == Cell.TEXT ? uuid(cells, cell) : expect(cells, cell, kind == Cell.UUID);
            case TEXT -> {
                if (kind != Cell.NULL && kind != Cell.TEXT && kind != Cell.INSTANT) {
                    cells.setText(cell, CellText.of(cells, cell));
                }
                yield null;
            }
        };
    }

    private void zoned(Cells cells, int cell) {
        LocalDateTime stated = LocalDateTime.ofInstant(Instant.ofEpochMilli(cells.number(cell)), ZoneOffset.UTC);
        cells.setInstant(cell, stated.atZone(zone).toInstant().toEpochMilli(), (int) cells.low(cell));
    }

    private @Nullable String number(Cells cells, int cell) {
        String text = cells.text(cell).strip();
        if (text.isEmpty()) {
            cells.setNull(cell);
            return null;
        }
        try {
            BigDecimal value = new BigDecimal(text);
            if (Cells.isTooLarge(value)) {
                return "the number " + shortened(text) + " is too large";
            }
            cells.setDecimal(cell, value);
            return null;
        } catch (NumberFormatException e) {
            return "'" + shortened(text) + "' is not a number";
        }
    }

    private static @Nullable String bool(Cells cells, int cell) {
        Cell kind = cells.kind(cell);
        if (kind == Cell.LONG && (cells.number(cell) == 0 || cells.number(cell) == 1)) {
            cells.setBoolean(cell, cells.number(cell) == 1);
            return null;
        }
        if (kind != Cell.TEXT) {
            return expect(cells, cell, kind == Cell.BOOLEAN);
        }
        String text = cells.text(cell).strip();
        switch (text) {
            case "true", "t", "TRUE", "True" -> cells.setBoolean(cell, true);
            case "false", "f", "FALSE", "False" -> cells.setBoolean(cell, false);
            case "" -> cells.setNull(cell);
            default -> {
                return "'" + shortened(text) + "' is neither true nor false";
            }
        }
        return null;
    }

    private @Nullable String instant(Cells cells, int cell) {
        String text = cells.text(cell).strip();
        if (text.isEmpty()) {
            cells.setNull(cell);
            return null;
        }
        Long millis = DateText.iso(text, zone);
        if (millis == null && format != null) {
            millis = format.parse(text);
        }
        if (millis == null) {
            return "'" + shortened(text) + "' is not a date or time in ISO 8601"
                    + (format == null ? "" : " or the format");
        }
        cells.setInstant(cell, millis, 0);
        return null;
    }

    private static @Nullable String uuid(Cells cells, int cell) {
        String text = cells.text(cell).strip();
        if (text.isEmpty()) {
            cells.setNull(cell);
            return null;
        }
        try {
            UUID uuid = UUID.fromString(text);
            cells.setUuid(cell, uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
            return null;
        } catch (IllegalArgumentException e) {
            return "'" + shortened(text) + "' is not a UUID";
        }
    }

    private static @Nullable String expect(Cells cells, int cell, boolean fits) {
        return fits || cells.isNull(cell) ? null : "'" + shortened(CellText.of(cells, cell)) + "' is of another type";
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
