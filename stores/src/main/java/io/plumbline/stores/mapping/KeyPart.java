package io.plumbline.stores.mapping;

import io.plumbline.topics.config.KeyPartConfig;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * One part of an entity's identity. Its canonical form is a {@code LONG} cell for {@code INTEGER} and a {@code TEXT}
 * cell (UTF-8) for every other type, so that both stores' keys are compared as numbers or as bytes. A key that is not
 * spelt canonically in the target is unreadable: it could not be looked up again.
 */
public final class KeyPart {

    /**
     * The most bytes of a key's text. Entities are the keys of Kafka's records and named in many of them, so longer ones
     * cannot be worked on; indexes of either store take much less.
     */
    public static final int LONGEST = 16_384;

    private final KeyPartConfig config;
    private final SourceColumn column;
    private final KeySpelling spelling;

    KeyPart(KeyPartConfig config, SourceColumn column) {
        this.config = config;
        this.column = column;
        this.spelling = new KeySpelling(config);
    }

    public KeyPartConfig config() {
        return config;
    }

    public SourceColumn column() {
        return column;
    }

    public @Nullable Rewriting rewriting() {
        return spelling.rewriting();
    }

    /** The target's field that holds it, in the document or in the element. */
    public String target() {
        String element = config.element();
        return element == null ? java.util.Objects.requireNonNull(config.document()) : element;
    }

    public boolean inElement() {
        return config.element() != null;
    }

    /** Whether keys are compared as numbers. */
    public boolean isNumber() {
        return config.type() == KeyPartConfig.Type.INTEGER;
    }

    /** Whether the source spells it as the target does, so that rows can be found by the column itself. */
    public boolean direct() {
        boolean asSpelt =
                !column.declared().equals("bpchar") && !column.declared().equals("citext");
        return spelling.changesNothing() && asSpelt;
    }

    /** Whether the column's own values are the key's, in the column's own order: direct, and no cast either. */
    public boolean plain() {
        if (!direct()) {
            return false;
        }
        return switch (config.type()) {
            case TEXT -> column.isText();
            case INTEGER -> column.type() == SourceType.INTEGER;
            case UUID -> column.type() == SourceType.UUID;
            case DATE -> column.type() == SourceType.DATE;
            case OBJECT_ID -> false;
        };
    }

    /** The canonical text of a source value's text; {@code null} where it is no key. */
    public @Nullable String canonical(String raw) {
        return spelling.canonical(raw);
    }

    /** Puts canonical text into a key cell; false where it is not of this part's type, and so names nothing. */
    public boolean set(Cells keys, int cell, String part) {
        if (!spelling.isCanonical(part)
                || part.indexOf('\0') >= 0
                || part.getBytes(StandardCharsets.UTF_8).length > LONGEST
                || !StandardCharsets.UTF_8.newEncoder().canEncode(part)) {
            return false;
        }
        if (isNumber()) {
            keys.setLong(cell, Long.parseLong(part));
        } else {
            keys.setText(cell, part);
        }
        return true;
    }

    /** The value as the target stores it, of canonical text. */
    public BsonValue toBson(String part) {
        return switch (config.type()) {
            case TEXT -> new BsonString(part);
            case INTEGER -> integer(Long.parseLong(part));
            case UUID -> new BsonBinary(UUID.fromString(part));
            case DATE ->
                new BsonDateTime(LocalDate.parse(part)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant()
                        .toEpochMilli());
            case OBJECT_ID -> new BsonObjectId(new ObjectId(part));
        };
    }

    private BsonValue integer(long value) {
        boolean small = (int) value == value && !column.declared().equals("int8");
        return small ? new org.bson.BsonInt32((int) value) : new BsonInt64(value);
    }

    /** Makes the raw cell of a target's value canonical. Returns why it is no key of this dataset, and makes it null. */
    @Nullable
    String normaliseTarget(Cells keys, int cell) {
        String reason = readTarget(keys, cell);
        if (reason != null) {
            keys.setNull(cell);
        }
        return reason;
    }

    private @Nullable String readTarget(Cells keys, int cell) {
        Cell kind = keys.kind(cell);
        switch (config.type()) {
            case TEXT -> {
                if (kind == Cell.TEXT && isNameable(keys, cell) && isFolded(keys, cell)) {
                    return null;
                }
            }
            case INTEGER -> {
                if (kind == Cell.LONG) {
                    return null;
                }
            }
            case UUID -> {
                if (kind == Cell.UUID) {
                    keys.setText(cell, CellText.of(keys, cell));
                    return null;
                }
            }
            case DATE -> {
                Instant instant = Instant.ofEpochMilli(kind == Cell.INSTANT ? keys.number(cell) : 1);
                LocalDate date = LocalDate.ofInstant(instant, ZoneOffset.UTC);
                if (date.atStartOfDay(ZoneOffset.UTC).toInstant().equals(instant)) {
                    keys.setText(cell, date.toString());
                    return null;
                }
            }
            case OBJECT_ID -> {
                if (kind == Cell.OBJECT_ID) {
                    keys.setText(cell, HexFormat.of().formatHex(keys.bytes(cell)));
                    return null;
                }
            }
        }
        return "its " + target() + " "
                + (kind == Cell.NULL ? "is null or absent" : "'" + CellText.brief(keys, cell) + "'") + " is not a key: "
                + expected() + " is";
    }

    /** Whether the text can be asked for in either store: PostgreSQL has no NUL, and broken UTF-8 is read as another text. */
    private static boolean isNameable(Cells keys, int cell) {
        int length = keys.length(cell);
        if (length == 0 || length > LONGEST) {
            return false;
        }
        byte[] buffer = keys.buffer(cell);
        int end = keys.offset(cell) + length;
        boolean ascii = true;
        for (int i = keys.offset(cell); i < end; i++) {
            if (buffer[i] == 0) {
                return false;
            }
            ascii &= buffer[i] > 0;
        }
        return ascii || Arrays.equals(keys.bytes(cell), keys.text(cell).getBytes(StandardCharsets.UTF_8));
    }

    private boolean isFolded(Cells keys, int cell) {
        return !spelling.foldsText() || spelling.isCanonical(keys.text(cell));
    }

    private String expected() {
        return switch (config.type()) {
            case TEXT ->
                (spelling.foldsText() ? "text in its declared spelling" : "text that is not empty")
                        + ", without NUL and of " + LONGEST + " bytes at most,";
            case INTEGER -> "a whole number";
            case UUID -> "binary of subtype 4";
            case DATE -> "a date at midnight in UTC";
            case OBJECT_ID -> "an ObjectId";
        };
    }

    /** The canonical text of a key cell. */
    public String text(Cells keys, int cell) {
        return isNumber() ? Long.toString(keys.number(cell)) : keys.text(cell);
    }
}
