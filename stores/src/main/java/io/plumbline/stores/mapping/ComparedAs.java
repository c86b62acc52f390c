package io.plumbline.stores.mapping;

import io.plumbline.topics.config.FieldConfig;
import org.jspecify.annotations.Nullable;

/** What a field is compared as, once its declaration and its column's type are known. */
enum ComparedAs {
    TEXT,
    NUMBER,
    BOOLEAN,
    /** An instant of which only the day matters. */
    DAY,
    INSTANT,
    UUID,
    BINARY,
    /** Whatever JSON says it is: text, a number, a boolean, an object, an array. */
    JSON;

    /** {@code null} where a column of that type cannot be compared as declared. */
    static @Nullable ComparedAs of(FieldConfig field, SourceColumn column) {
        SourceType type = column.type();
        if (field.path() != null) {
            return type == SourceType.JSON || type == SourceType.TEXT ? declared(field.type(), JSON) : null;
        }
        if (field.type() == FieldConfig.Type.TEXT) {
            return TEXT; // PostgreSQL has a text of everything
        }
        if (type == null) {
            return null;
        }
        ComparedAs natural = switch (type) {
            case INTEGER, FLOAT4, FLOAT8, NUMERIC -> NUMBER;
            case TEXT -> TEXT;
            case BOOLEAN -> BOOLEAN;
            case UUID -> UUID;
            case DATE, TIMESTAMP, TIMESTAMPTZ -> INSTANT;
            case BYTEA -> BINARY;
            case JSON, ARRAY -> JSON;
        };
        ComparedAs declared = declared(field.type(), natural);
        boolean possible = declared == natural
                || (natural == TEXT && declared != BINARY)
                || (natural == INSTANT && declared == DAY)
                || (type == SourceType.INTEGER && declared == BOOLEAN)
                || type == SourceType.JSON;
        return possible ? declared : null;
    }

    private static ComparedAs declared(FieldConfig.Type type, ComparedAs natural) {
        return switch (type) {
            case AUTO -> natural;
            case TEXT -> TEXT;
            case NUMBER -> NUMBER;
            case BOOLEAN -> BOOLEAN;
            case DATE -> DAY;
            case TIMESTAMP -> INSTANT;
            case UUID -> UUID;
            case BINARY -> BINARY;
            case JSON -> JSON;
        };
    }
}
