package io.plumbline.stores;

import org.jspecify.annotations.Nullable;

/**
 * Everything that touches one dataset's stores.
 *
 * @param outbox {@code null} where the dataset has none
 */
public record DatasetStores(
        String dataset,
        SourceRows source,
        TargetEntities target,
        EntityComparer comparer,
        SegmentScanner scanner,
        @Nullable OutboxTable outbox) {}
