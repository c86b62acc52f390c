package io.plumbline.topics.record;

import org.jspecify.annotations.Nullable;

/**
 * An entity that a segment's comparison found unequal.
 *
 * @param look what it saw; {@code null} where the entity is only named (outbox retry)
 */
public record Suspect(EntityKey entity, @Nullable Look look) {}
