package io.plumbline.topics.record;

import org.jspecify.annotations.Nullable;

/**
 * One mapped field that differs.
 *
 * @param field the target field's name
 * @param kind the class of the difference, such as {@code value}, {@code null-against-empty}, {@code type}
 * @param source the source's value as text, shortened to 200 characters; {@code null} where it is null or absent
 * @param target the target's value as text, shortened likewise
 */
public record FieldDifference(
        String field,
        String kind,
        @Nullable String source,
        @Nullable String target) {}
