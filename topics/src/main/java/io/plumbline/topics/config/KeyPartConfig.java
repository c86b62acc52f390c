package io.plumbline.topics.config;

import org.jspecify.annotations.Nullable;

/**
 * One part of an entity's identity. Exactly one of {@code document} and {@code element} is given.
 *
 * @param source the source column
 * @param document the document's field that holds it, such as {@code _id}
 * @param element the array element's field that holds it
 * @param type how it is stored in the target
 * @param trim whether white space around it does not matter
 * @param letterCase the case it is folded to
 * @param rewrite a regular-expression rewrite of the source's spelling to the target's
 */
public record KeyPartConfig(
        String source,
        @Nullable String document,
        @Nullable String element,
        Type type,
        boolean trim,
        @Nullable LetterCase letterCase,
        @Nullable Rewrite rewrite) {

    /** How a key part is stored in the target. */
    public enum Type {
        TEXT,
        INTEGER,
        UUID,
        DATE,
        OBJECT_ID
    }

    /** A regular expression, in the subset that PostgreSQL and Java read alike, and its replacement (all occurrences). */
    public record Rewrite(String pattern, String replacement) {}
}
