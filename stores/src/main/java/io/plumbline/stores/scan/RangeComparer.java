package io.plumbline.stores.scan;

import com.mongodb.client.model.Sorts;
import io.plumbline.stores.EntityComparer;
import io.plumbline.stores.SegmentScanner.Scanned;
import io.plumbline.stores.SourceEntity;
import io.plumbline.stores.TargetEntity;
import io.plumbline.stores.mapping.DatasetMapping;
import io.plumbline.stores.mongo.TargetCursor;
import io.plumbline.stores.postgres.SourceCursor;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.Work;
import io.plumbline.topics.record.Work.CompareRange;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Compares a range of keys by reading both sides side by side in the order of the key.
 *
 * <ol>
 *   <li>The target is read ahead by a thread of its own, while PostgreSQL sends its rows into the socket.
 *   <li>Equal keys: the mapped values are compared where they lie; only what is not the same is taken out and looked at
 *       field by field. A key on one side only is missing or extra.
 *   <li>A range with more than twice a segment's entities on either side, or with as many suspects as an answer takes,
 *       is given back from there on as another range. After an answer that was full, that one reads only twice as much as
 *       this answer had room for, and twice as much again for as long as answers are not full: where everything differs,
 *       what was read ahead of a full answer is read again, and must not grow with the segment's size.
 * </ol>
 */
final class RangeComparer {

    private final DatasetSides sides;
    private final DatasetMapping mapping;
    private final EntityComparer comparer;
    private final MergeKey key;
    private final int largest;
    private final ScanTally tally = new ScanTally();

    RangeComparer(DatasetSides sides) {
        this.sides = sides;
        this.mapping = sides.mapping();
        this.comparer = mapping.comparer();
        this.key = new MergeKey(sides);
        this.largest = Math.max(1, sides.config().segmentSize() * 2);
    }

    Scanned compare(CompareRange range) throws SQLException {
        int limit = limit(range);
        String select = sides.select().entities(key.condition(range), true) + " LIMIT " + (limit + 1);
        try (TargetSide target = target(range, limit);
                Connection connection = sides.source().getConnection();
                SourceCursor rows = SourceCursor.open(connection, mapping, select)) {
            return tally.scanned(merge(new SourceSide(rows, tally), target, range));
        }
    }

    private int limit(CompareRange range) {
        return range.atMost() == null ? largest : Math.clamp(range.atMost(), 1, largest);
    }

    private TargetSide target(CompareRange range, int limit) {
        ReadAhead documents = new ReadAhead(sides.documents()
                .find(key.filter(range))
                .projection(sides.targetSelect().projection())
                .sort(Sorts.ascending(MergeKey.FIELD))
                .limit(limit + 1)
                .batchSize(ReadAhead.BATCH));
        return new TargetSide(new TargetCursor(documents, mapping), tally);
    }

    private List<Work> merge(SourceSide source, TargetSide target, CompareRange range) throws SQLException {
        boolean row = source.next();
        boolean document = target.next();
        while (row || document) {
            int order = !row ? 1 : !document ? -1 : KeyOrder.compare(source.keys(), target.keys());
            if (order == 0) {
                both(source, target);
            } else if (order < 0) {
                SourceEntity entity = source.entity();
                tally.look(entity.key(), comparer.compare(entity, absentTarget(entity.key())));
            } else {
                TargetEntity entity = target.entity();
                tally.look(entity.key(), comparer.compare(absentSource(entity.key()), entity));
            }
            int read = Math.max(source.read(), target.read());
            if (tally.full() || read > limit(range)) {
                String last = KeyOrder.text(order <= 0 ? source.keys() : target.keys());
                return last.equals(range.upTo()) ? List.of() : List.of(rest(range, last, read));
            }
            row = order <= 0 ? source.next() : row;
            document = order >= 0 ? target.next() : document;
        }
        return List.of();
    }

    /** What is left of a range after its last key that was compared, where that many entities were read. */
    private CompareRange rest(CompareRange range, String last, int read) {
        long atMost = 2L * (tally.full() ? read : limit(range));
        return new CompareRange(last, range.upTo(), atMost < largest ? (int) atMost : null);
    }

    private void both(SourceSide source, TargetSide target) {
        if (source.readable() && target.readable() && mapping.same(source.values(), target.values())) {
            tally.matched();
        } else {
            SourceEntity entity = source.entity();
            tally.look(entity.key(), comparer.compare(entity, target.entity()));
        }
    }

    private static SourceEntity absentSource(EntityKey key) {
        return new SourceEntity(key, null, null, List.of(), null);
    }

    private static TargetEntity absentTarget(EntityKey key) {
        return new TargetEntity(key, null, false, null);
    }
}
