package io.plumbline.topics.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one look at an entity in both stores showed.
 *
 * @param drift how they differ; {@code null} where they are equal (both absent is equal too)
 * @param sourceContent digest of the source's normalised content; {@code "absent"} where there is none
 * @param sourceOrder the deciding row's order value as text, which moves with every write of the row
 * @param targetContent digest of the target's normalised content; {@code "absent"} where there is none
 * @param differences field by field, for {@code DIFFERENT}
 * @param pending unprocessed outbox rows of the entity that were read in the same snapshot as the source row
 * @param unreadable why one side cannot be compared; {@code null} where both can
 */
public record Look(
        @Nullable DriftClass drift,
        String sourceContent,
        @Nullable String sourceOrder,
        String targetContent,
        List<FieldDifference> differences,
        List<OutboxRow> pending,
        @Nullable String unreadable) {

    public static final String ABSENT = "absent";

    @SuppressWarnings("NullAway") // Jackson passes null for a list that was left out
    public Look {
        differences = differences == null ? List.of() : List.copyOf(differences);
        pending = pending == null ? List.of() : List.copyOf(pending);
    }
}
