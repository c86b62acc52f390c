package io.plumbline.stores;

import io.plumbline.topics.record.EntityKey;
import org.jspecify.annotations.Nullable;

/**
 * An entity as the target has it.
 *
 * @param content {@code null} where the target does not have it
 * @param documentPresent whether the document that holds it is there (for elements of arrays)
 * @param unreadable why it cannot be compared, such as an object where an array was expected
 */
public record TargetEntity(
        EntityKey key,
        @Nullable Content content,
        boolean documentPresent,
        @Nullable String unreadable) {}
