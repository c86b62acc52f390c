package io.plumbline.stores.scan;

import io.plumbline.stores.EntityComparer;
import io.plumbline.stores.SegmentScanner.Scanned;
import io.plumbline.stores.SourceEntity;
import io.plumbline.stores.TargetEntity;
import io.plumbline.stores.mongo.TargetCursor;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.Work;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the target page by page for what the source does not have. Only that is counted here, since everything that the
 * source has was looked up by its own keys; documents and elements that no key can name are counted as unreadable.
 */
final class TargetPages {

    private static final int DOCUMENTS = 2_000;
    private static final int BATCH = 1_000;

    private final DatasetSides sides;
    private final EntityComparer comparer;
    private final ScanTally tally = new ScanTally();

    TargetPages(DatasetSides sides) {
        this.sides = sides;
        this.comparer = sides.mapping().comparer();
    }

    Scanned compare(Work.CompareTargetPage segment) {
        int size = Math.min(DOCUMENTS, sides.config().segmentSize());
        Set<EntityKey> found = new LinkedHashSet<>();
        String cursor;
        try (DocumentPage page =
                        new DocumentPage(sides.documents(), sides.targetSelect().projection(), segment.cursor(), size);
                TargetCursor entities = new TargetCursor(page, sides.mapping())) {
            while (entities.next()) {
                take(entities, found);
            }
            cursor = page.cursor();
        }
        return tally.scanned(next(extras(new ArrayList<>(found)), cursor));
    }

    private void take(TargetCursor entities, Set<EntityKey> found) {
        EntityKey key = entities.key();
        if (key != null) {
            found.add(key);
        } else {
            tally.unreadable(entities.name(), entities.unreadable());
        }
    }

    /** Counts those which the source does not have; returns those that were too many for one answer. */
    private List<EntityKey> extras(List<EntityKey> keys) {
        List<EntityKey> tooMany = new ArrayList<>();
        for (int at = 0; at < keys.size(); at += BATCH) {
            List<EntityKey> batch = keys.subList(at, Math.min(keys.size(), at + BATCH));
            Map<EntityKey, SourceEntity> sources = sides.rows().find(batch);
            List<EntityKey> absent = batch.stream()
                    .filter(key -> isAbsent(EntityLooks.found(sources, key)))
                    .toList();
            Map<EntityKey, TargetEntity> targets = sides.entities().find(absent);
            for (EntityKey key : absent) {
                if (tally.full()) {
                    tooMany.add(key);
                } else {
                    look(key, EntityLooks.found(sources, key), EntityLooks.found(targets, key));
                }
            }
        }
        return tooMany;
    }

    private static boolean isAbsent(SourceEntity source) {
        return source.content() == null && source.unreadable() == null;
    }

    /** What has gone from the target since the page was read is nobody's any more. */
    private void look(EntityKey key, SourceEntity source, TargetEntity target) {
        if (target.content() != null || target.unreadable() != null) {
            tally.look(key, comparer.compare(source, target));
        }
    }

    private List<Work> next(List<EntityKey> tooMany, @Nullable String cursor) {
        List<Work> next = new ArrayList<>(KeySegments.of(tooMany, sides.config().segmentSize()));
        if (cursor != null) {
            next.add(new Work.CompareTargetPage(cursor));
        }
        return next;
    }
}
