package io.plumbline.stores.mapping;

import org.jspecify.annotations.Nullable;

/**
 * A column of a source as PostgreSQL declares it.
 *
 * @param declared the name of the type that it is based on
 * @param type how it travels; {@code null} where it can only be compared as text
 * @param element of an array
 */
public record SourceColumn(
        String name,
        String declared,
        @Nullable SourceType type,
        @Nullable SourceType element) {

    /** Whether it is text that equals its spelling and nothing else; {@code char(n)}, {@code citext} and enums are not. */
    public boolean isText() {
        return declared.equals("text") || declared.equals("varchar") || declared.equals("name");
    }
}
