package io.plumbline.stores.scan;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import io.plumbline.stores.SegmentScanner;
import io.plumbline.stores.SourceRows;
import io.plumbline.stores.TargetEntities;
import io.plumbline.stores.connect.Away;
import io.plumbline.stores.mapping.DatasetMapping;
import io.plumbline.topics.record.Work;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Plans and compares one dataset, PostgreSQL against MongoDB.
 *
 * <ol>
 *   <li>A full scope is cut into half-open ranges of the key where both stores can be read in one binary order
 *       ({@link MergeKey}); both sides of a range are then read side by side ({@link RangeComparer}).
 *   <li>Elsewhere, and for windows, the source's keys are looked up in both stores ({@link KeyPlanner}, {@link
 *       EntityLooks}), and for a full scope the target is paged through for what the source does not have ({@link
 *       TargetPages}).
 *   <li>What neither covers is taken last: {@link UnrangedKeys}.
 * </ol>
 *
 * Every entity of a scope that stands still is counted exactly once over all its works.
 */
public final class DatasetScanner implements SegmentScanner {

    private final Supplier<DatasetMapping> mapping;
    private final DataSource source;
    private final MongoDatabase target;
    private final SourceRows rows;
    private final TargetEntities entities;

    /**
     * @param target with the read preference and concern that scans are to use
     */
    public DatasetScanner(
            Supplier<DatasetMapping> mapping,
            DataSource source,
            MongoDatabase target,
            SourceRows rows,
            TargetEntities entities) {
        this.mapping = mapping;
        this.source = source;
        this.target = target;
        this.rows = rows;
        this.entities = entities;
    }

    @Override
    public Planned plan(Work.Plan plan) {
        return ask(sides -> new ScopePlanner(sides).plan(plan));
    }

    @Override
    public Scanned scan(Work segment) {
        return ask(sides -> switch (segment) {
            case Work.CompareRange range -> new RangeComparer(sides).compare(range);
            case Work.CompareKeys keys -> new EntityLooks(sides).compare(keys);
            case Work.CompareTargetPage page -> new TargetPages(sides).compare(page);
            case Work.CompareOtherTypes others -> new UnrangedKeys(sides).compare(others);
            case Work.Plan w -> throw notASegment(w);
            case Work.RetryOutbox w -> throw notASegment(w);
            case Work.FailOutboxRows w -> throw notASegment(w);
            case Work.CleanUp w -> throw notASegment(w);
            case Work.ListRepairs w -> throw notASegment(w);
            case Work.OfCandles w -> throw notASegment(w);
        });
    }

    private static IllegalArgumentException notASegment(Work work) {
        return new IllegalArgumentException(work + " is not a segment to compare");
    }

    private <T> T ask(Question<T> question) {
        try {
            return question.ask(new DatasetSides(mapping.get(), source, target, rows, entities));
        } catch (SQLException e) {
            throw Away.postgres(e);
        } catch (MongoException e) {
            throw Away.mongo(e);
        }
    }

    private interface Question<T> {
        T ask(DatasetSides sides) throws SQLException;
    }
}
