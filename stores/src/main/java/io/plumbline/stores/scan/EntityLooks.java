package io.plumbline.stores.scan;

import io.plumbline.stores.EntityComparer;
import io.plumbline.stores.SegmentScanner.Scanned;
import io.plumbline.stores.SourceEntity;
import io.plumbline.stores.TargetEntity;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.Work;
import java.util.List;
import java.util.Map;

/** Compares named entities by batched look-ups in both stores. */
final class EntityLooks {

    private static final int BATCH = 1_000;

    private final DatasetSides sides;
    private final EntityComparer comparer;

    EntityLooks(DatasetSides sides) {
        this.sides = sides;
        this.comparer = sides.mapping().comparer();
    }

    Scanned compare(Work.CompareKeys segment) {
        List<EntityKey> keys = segment.keys().stream().distinct().toList();
        ScanTally tally = new ScanTally();
        int done = 0;
        while (done < keys.size() && !tally.full()) {
            done += look(keys.subList(done, Math.min(keys.size(), done + BATCH)), tally);
        }
        return tally.scanned(
                KeySegments.of(keys.subList(done, keys.size()), sides.config().segmentSize()));
    }

    /** Returns how many of them were compared before the tally was full. */
    private int look(List<EntityKey> batch, ScanTally tally) {
        Map<EntityKey, SourceEntity> sources = sides.rows().find(batch);
        Map<EntityKey, TargetEntity> targets = sides.entities().find(batch);
        int done = 0;
        for (EntityKey key : batch) {
            if (tally.full()) {
                break;
            }
            tally.look(key, comparer.compare(found(sources, key), found(targets, key)));
            done++;
        }
        return done;
    }

    static <T> T found(Map<EntityKey, T> answers, EntityKey key) {
        T answer = answers.get(key);
        if (answer == null) {
            throw new IllegalStateException("the look-up of " + key + " was not answered");
        }
        return answer;
    }
}
