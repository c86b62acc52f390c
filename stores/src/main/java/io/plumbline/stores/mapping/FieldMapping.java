package io.plumbline.stores.mapping;

import io.plumbline.topics.config.FieldConfig;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One mapped field: what its values are made, on either side, before they are compared.
 *
 * <ol>
 *   <li>A source value is {@linkplain #convert converted} to what the field is compared as; as such it is what a repair
 *       writes.
 *   <li>{@link #normaliseSource} and {@link #normaliseTarget} then take away what does not matter: text is trimmed and
 *       folded, empty text becomes null, numbers are rounded half up to the scale, dates kept as text are read, days cut.
 * </ol>
 */
public final class FieldMapping {

    /** The first that a BSON date can say; its day began before it. */
    private static final Instant EARLIEST = Instant.ofEpochMilli(Long.MIN_VALUE);

    private final FieldConfig config;
    private final SourceColumn column;
    private final ComparedAs as;
    private final Conversion conversion;
    private final TextFold fold;
    private final ZoneId zone;
    private final boolean single;
    private final boolean simple;
    private final @Nullable DateText format;

    /** Throws {@link IllegalArgumentException} with what is wrong with a format or zone. */
    FieldMapping(FieldConfig config, SourceColumn column, ComparedAs as) {
        this.config = config;
        this.column = column;
        this.as = as;
        this.zone = zone(config.zone());
        this.format = format(config, column, as, zone);
        this.conversion = new Conversion(
                as,
                zone,
                config.path() == null && (column.type() == SourceType.DATE || column.type() == SourceType.TIMESTAMP),
                format);
        this.fold = new TextFold(config.trim(), config.letterCase());
        this.single = column.type() == SourceType.FLOAT4 && as == ComparedAs.NUMBER;
        this.simple = fold.changesNothing()
                && !config.emptyIsNull()
                && config.scale() == null
                && format == null
                && as != ComparedAs.DAY
                && !single;
    }

    private static ZoneId zone(@Nullable String name) {
        try {
            return name == null ? ZoneOffset.UTC : ZoneId.of(name).normalized();
        } catch (java.time.DateTimeException e) {
            throw new IllegalArgumentException("zone '" + name + "' is unknown; Europe/Berlin is one", e);
        }
    }

    private static @Nullable DateText format(FieldConfig config, SourceColumn column, ComparedAs as, ZoneId zone) {
        if (config.format() != null) {
            return declared(config.format(), zone);
        }
        if (as != ComparedAs.TEXT || config.path() != null || column.type() == null) {
            return null;
        }
        return switch (column.type()) { // dates that the target keeps as text, in no declared format: ISO 8601
            case DATE -> new DateText(DateTimeFormatter.ISO_LOCAL_DATE, zone);
            case TIMESTAMP -> new DateText(DateTimeFormatter.ISO_LOCAL_DATE_TIME, zone);
            case TIMESTAMPTZ -> new DateText(DateTimeFormatter.ISO_OFFSET_DATE_TIME, zone);
            default -> null;
        };
    }

    private static DateText declared(String pattern, ZoneId zone) {
        try {
            return new DateText(pattern, zone);
        } catch (IllegalArgumentException e) {
            String example = "; yyyy-MM-dd'T'HH:mm:ss is one";
            throw new IllegalArgumentException("format '" + pattern + "': " + e.getMessage() + example, e);
        }
    }

    public FieldConfig config() {
        return config;
    }

    public SourceColumn column() {
        return column;
    }

    ComparedAs as() {
        return as;
    }

    @Nullable
    DateText format() {
        return format;
    }

    ZoneId zone() {
        return zone;
    }

    /** How the source column travels for this field. */
    public SourceType wire() {
        SourceType type = column.type();
        if (type == null || config.path() != null) {
            return type == SourceType.JSON ? SourceType.JSON : SourceType.TEXT;
        }
        boolean asText = as == ComparedAs.TEXT && format == null && type != SourceType.TEXT;
        return asText ? SourceType.TEXT : type;
    }

    /** Whether the column is text that is read as JSON. */
    public boolean readsJsonText() {
        return as == ComparedAs.JSON && column.type() == SourceType.TEXT && config.path() == null;
    }

    /** Makes a source value what the field is compared as. Returns why it cannot be; {@code null} where it is. */
    public @Nullable String convert(Cells cells, int cell) {
        return conversion.apply(cells, cell);
    }

    public void normaliseSource(Cells cells, int cell) {
        if (simple || cells.isNull(cell)) {
            return;
        }
        if (format != null && cells.kind(cell) == Cell.INSTANT) {
            // What the target's format cannot say does not count.
            Long said = format.parse(format.text(cells.number(cell), cells.low(cell)));
            cells.setInstant(cell, said == null ? cells.number(cell) : said, 0);
        }
        normalise(cells, cell);
    }

    public void normaliseTarget(Cells cells, int cell) {
        Cell kind = cells.kind(cell);
        if (kind == Cell.OBJECT_ID && as == ComparedAs.TEXT) {
            int from = cells.offset(cell);
            cells.setText(cell, HexFormat.of().formatHex(cells.buffer(cell), from, from + 12));
        } else if (kind == Cell.UUID && as == ComparedAs.BINARY) {
            byte[] bytes = java.nio.ByteBuffer.allocate(16)
                    .putLong(cells.number(cell))
                    .putLong(cells.low(cell))
                    .array();
            cells.setBinary(cell, bytes, 0, bytes.length);
        }
        if (simple || kind == Cell.NULL) {
            return;
        }
        if (format != null && kind == Cell.TEXT) {
            Long stated = format.parse(cells.text(cell).strip());
            if (stated != null) {
                cells.setInstant(cell, stated, 0);
            }
        }
        normalise(cells, cell);
    }

    private void normalise(Cells cells, int cell) {
        Cell kind = cells.kind(cell);
        if (kind == Cell.TEXT) {
            if (!fold.changesNothing()) {
                fold.fold(cells, cell);
            }
            if (config.emptyIsNull() && cells.length(cell) == 0) {
                cells.setNull(cell);
            }
        } else if (kind == Cell.INSTANT && as == ComparedAs.DAY) {
            Instant day = Instant.ofEpochMilli(cells.number(cell))
                    .atZone(zone)
                    .toLocalDate()
                    .atStartOfDay(zone)
                    .toInstant();
            cells.setInstant(cell, day.isBefore(EARLIEST) ? Long.MIN_VALUE : day.toEpochMilli(), 0);
        } else if (kind.isNumber() && cells.isFinite(cell)) {
            number(cells, cell, kind);
        }
    }

    private void number(Cells cells, int cell, Cell kind) {
        if (single) {
            float nearest = kind == Cell.DOUBLE
                    ? (float) cells.doubleAt(cell)
                    : cells.decimal(cell).floatValue();
            cells.setDouble(cell, Double.parseDouble(Float.toString(nearest)));
        }
        Integer scale = config.scale();
        if (scale != null && cells.kind(cell) != Cell.LONG && cells.isFinite(cell)) {
            BigDecimal value = cells.decimal(cell);
            if (value.scale() > scale) {
                cells.setDecimal(cell, value.setScale(scale, RoundingMode.HALF_UP));
            }
        }
    }
}
