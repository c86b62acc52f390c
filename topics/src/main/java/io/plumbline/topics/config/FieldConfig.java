package io.plumbline.topics.config;

import org.jspecify.annotations.Nullable;

/**
 * One mapped field, and what does not matter when it is compared.
 *
 * @param source the source column
 * @param path a JSON pointer into the column, where it holds JSON
 * @param target the target field, dots for nested ones, relative to the document or the array's element
 * @param type the type to compare as and to write; {@code AUTO} follows the column's type
 * @param trim whether white space around text does not matter
 * @param letterCase the case that text is folded to before it is compared
 * @param emptyIsNull whether null, the empty text and an absent field are the same (absent and null always are)
 * @param scale the number of decimal places compared; {@code null} all
 * @param tolerance how much two numbers may differ; {@code null} not at all
 * @param format the {@code DateTimeFormatter} pattern of a date or time that the target keeps as text
 * @param zone the zone of date-times without one, UTC by default
 */
public record FieldConfig(
        String source,
        @Nullable String path,
        String target,
        Type type,
        boolean trim,
        @Nullable LetterCase letterCase,
        boolean emptyIsNull,
        @Nullable Integer scale,
        java.math.@Nullable BigDecimal tolerance,
        @Nullable String format,
        @Nullable String zone) {

    /** What a field is compared as. */
    public enum Type {
        AUTO,
        TEXT,
        NUMBER,
        BOOLEAN,
        DATE,
        TIMESTAMP,
        UUID,
        BINARY,
        JSON
    }
}
