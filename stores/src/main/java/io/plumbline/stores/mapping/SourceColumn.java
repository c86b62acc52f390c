package io.plumbline.stores.mapping;

import org.jspecify.annotations.Nullable;

/**
 * A column of a source as PostgreSQL declares it.
 *
 * @param declared the type's name, for messages
 * @param type how it travels; {@code null} where it can only be compared as text
 * @param element of an array
 */
public record SourceColumn(
        String name,
        String declared,
        @Nullable SourceType type,
        @Nullable SourceType element) {}
