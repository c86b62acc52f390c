package io.plumbline.stores.scan;

import com.mongodb.client.model.Sorts;
import io.plumbline.stores.EntityComparer;
import io.plumbline.stores.SegmentScanner.Scanned;
import io.plumbline.stores.SourceEntity;
import io.plumbline.stores.TargetEntity;
import io.plumbline.stores.mapping.Cells;
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
 *   <li>A range with more than twice a segment's entities on either side is given back from there on as another range.
 *   <li>A range with more suspects than an answer takes is read on without being compared, and the rest is given back in
 *       ranges of as many entities as filled this answer ({@link RestOfRange}): given back whole, it would be read over
 *       and over again where everything differs.
 * </ol>
 */
final class RangeComparer {

    private final DatasetSides sides;
    private final DatasetMapping mapping;
    private final EntityComparer comparer;
    private final MergeKey key;
    private final int limit;
    private final ScanTally tally = new ScanTally();

    RangeComparer(DatasetSides sides) {
        this.sides = sides;
        this.mapping = sides.mapping();
        this.comparer = mapping.comparer();
        this.key = new MergeKey(sides);
        this.limit = Math.max(1, sides.config().segmentSize() * 2);
    }

    Scanned compare(CompareRange range) throws SQLException {
        String select = sides.select().entities(key.condition(range), true) + " LIMIT " + (limit + 1);
        try (TargetSide target = target(range);
                Connection connection = sides.source().getConnection();
                SourceCursor rows = SourceCursor.open(connection, mapping, select)) {
            return tally.scanned(merge(new SourceSide(rows, tally), target, range));
        }
    }

    private TargetSide target(CompareRange range) {
        ReadAhead documents = new ReadAhead(sides.documents()
                .find(key.filter(range))
                .projection(sides.targetSelect().projection())
                .sort(Sorts.ascending(MergeKey.FIELD))
                .limit(limit + 1)
                .batchSize(ReadAhead.BATCH));
        return new TargetSide(new TargetCursor(documents, mapping), tally);
    }

    private List<Work> merge(SourceSide source, TargetSide target, CompareRange range) throws SQLException {
        RestOfRange rest = null;
        boolean row = source.next();
        boolean document = target.next();
        while (row || document) {
            int order = !row ? 1 : !document ? -1 : KeyOrder.compare(source.keys(), target.keys());
            Cells key = order <= 0 ? source.keys() : target.keys();
            if (rest != null) {
                rest.pass(key);
            } else {
                compare(order, source, target);
                if (tally.full()) {
                    rest = new RestOfRange(KeyOrder.text(key), range.upTo(), tally.checked());
                    tally.close();
                }
            }
            if (source.read() > limit || target.read() > limit) {
                rest = rest == null ? new RestOfRange(KeyOrder.text(key), range.upTo(), limit) : rest;
                break;
            }
            row = order <= 0 ? source.next() : row;
            document = order >= 0 ? target.next() : document;
        }
        if (rest == null && (source.read() > limit || target.read() > limit)) {
            throw new IllegalStateException("of the keys in (" + range.after() + ", " + range.upTo() + "], more than "
                    + limit + " in a row cannot be keys of dataset " + mapping.dataset()
                    + ": what is behind them was not compared; remove them, or raise the dataset's segment-size");
        }
        return rest == null ? List.of() : rest.ranges();
    }

    private void compare(int order, SourceSide source, TargetSide target) {
        if (order == 0) {
            both(source, target);
        } else if (order < 0) {
            SourceEntity entity = source.entity();
            tally.look(entity.key(), comparer.compare(entity, absentTarget(entity.key())));
        } else {
            TargetEntity entity = target.entity();
            tally.look(entity.key(), comparer.compare(absentSource(entity.key()), entity));
        }
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
