package io.plumbline.stores.postgres;

import io.plumbline.stores.mapping.KeyPart;
import io.plumbline.stores.mapping.Rewriting;
import io.plumbline.stores.mapping.SourceColumn;
import io.plumbline.stores.mapping.SourceType;
import io.plumbline.topics.config.KeyPartConfig;
import io.plumbline.topics.config.LetterCase;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of one key part. Canonical keys are made in SQL, so that rows are grouped and looked up by them, and checked
 * in Java row by row. A part that is spelt alike on both sides is looked up by its bare column, so that its index is
 * used; any other needs an index on the expression.
 */
final class KeySql {

    private final KeyPart part;
    private final String column;

    KeySql(KeyPart part) {
        this.part = part;
        this.column = "s." + QuotedName.of(part.config().source());
    }

    KeyPart part() {
        return part;
    }

    /** The canonical key as it is selected and grouped by: text or {@code bigint}; null where the value is no key. */
    String canonical() {
        if (part.plain()) {
            return column;
        }
        String text = text();
        return switch (part.config().type()) {
            case TEXT -> part.direct() ? text : "nullif(" + text + ", '')";
            case INTEGER -> integer(text);
            case UUID ->
                part.column().type() == SourceType.UUID && part.direct()
                        ? text
                        : when(text, "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$", text);
            case DATE -> when(text, "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", text);
            case OBJECT_ID -> when(text, "^[0-9a-f]{24}$", text);
        };
    }

    private String integer(String text) {
        if (part.column().type() == SourceType.INTEGER && part.direct()) {
            return column;
        }
        if (part.column().type() == SourceType.NUMERIC && part.direct()) {
            return "CASE WHEN " + column + " = trunc(" + column + ") AND abs(" + column + ") < 9e18 THEN " + column
                    + "::int8 END";
        }
        return when(text, "^(0|-?[1-9][0-9]{0,17})$", "(" + text + ")::int8");
    }

    private static String when(String text, String pattern, String then) {
        return "CASE WHEN " + text + " ~ '" + pattern + "' THEN " + then + " END";
    }

    /** How it travels. */
    String selected() {
        return part.isNumber() ? "(" + canonical() + ")::int8" : "(" + canonical() + ")::text";
    }

    /** The value's own text, from which Java makes the canonical key again; null where nothing needs checking. */
    @Nullable
    String checked() {
        boolean trusted = part.plain() || (part.direct() && part.column().type() != SourceType.TEXT);
        return trusted ? null : raw();
    }

    /** The value's own text. */
    String raw() {
        if (part.column().type() == SourceType.BYTEA) {
            return "encode(" + column + ", 'hex')";
        }
        return part.column().isText() ? column : column + "::text";
    }

    private String text() {
        String text = raw();
        if (part.config().trim()) {
            text = "btrim(" + text + ", E' \\t\\n\\x0b\\f\\r')";
        }
        Rewriting rewriting = part.rewriting();
        if (rewriting != null) {
            text = "regexp_replace(" + text + ", " + Sql.literal(rewriting.pattern()) + ", "
                    + Sql.literal(rewriting.postgresReplacement()) + ", 'g')";
        }
        LetterCase letterCase = part.config().letterCase();
        return letterCase == null ? text : (letterCase == LetterCase.LOWER ? "lower(" : "upper(") + text + ")";
    }

    /** What a look-up compares: the bare column, or the canonical text. */
    String lookedUp() {
        return part.direct() && lookupType() != null ? column : "(" + canonical() + ")";
    }

    /** The keys as an array of the type that {@link #lookedUp} has. */
    String array(Collection<String> keys) {
        String type = lookupType();
        if (part.direct() && type != null) {
            return Sql.array(part.column().type() == SourceType.BYTEA ? hex(keys) : keys, type);
        }
        return Sql.array(keys, part.isNumber() ? "int8" : "text");
    }

    private static Collection<String> hex(Collection<String> keys) {
        return keys.stream().map(key -> "\\x" + key).toList();
    }

    private @Nullable String lookupType() {
        SourceType type = part.column().type();
        if (type == SourceType.NUMERIC) {
            return part.isNumber() ? "numeric" : null;
        }
        if (type == SourceType.BYTEA) {
            return part.config().type() == KeyPartConfig.Type.OBJECT_ID ? "bytea" : null;
        }
        return lookupType(part.column());
    }

    /** The type to which a value's text is cast so that it meets the column; {@code null} where only its text does. */
    static @Nullable String lookupType(SourceColumn column) {
        if (column.isText()) {
            return "text";
        }
        SourceType type = column.type();
        if (type == SourceType.INTEGER) {
            return "int8";
        }
        return type == SourceType.UUID || type == SourceType.DATE ? type.wire() : null;
    }

    /** Whether the key can be cast to the type it is looked up by: a TEXT key over a column of numbers need not. */
    boolean canMeet(String key) {
        return !part.direct() || canMeet(lookupType(), key);
    }

    static boolean canMeet(@Nullable String type, String key) {
        try {
            return switch (type == null ? "" : type) {
                case "int8" -> Long.toString(Long.parseLong(key)).equals(key);
                case "uuid" -> UUID.fromString(key).toString().equals(key);
                case "date" -> LocalDate.parse(key).toString().equals(key);
                default -> true;
            };
        } catch (IllegalArgumentException | DateTimeException e) {
            return false;
        }
    }
}
