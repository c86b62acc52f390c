package io.plumbline.stores.scan;

import io.plumbline.topics.record.Work;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the key into half-open ranges of about a segment's rows, by steps along the key's index. The first range is open
 * downwards and the last upwards, so that every key there is or will be falls into exactly one.
 */
final class RangePlanner {

    private static final int RANGES = 32;

    private final DatasetSides sides;
    private final MergeKey key;

    RangePlanner(DatasetSides sides) {
        this.sides = sides;
        this.key = new MergeKey(sides);
    }

    List<Work> next(Connection connection, Work.Plan plan, @Nullable String start) throws SQLException {
        List<Work> works = new ArrayList<>(RANGES + 1);
        String after = start;
        try (Statement statement = connection.createStatement()) {
            for (int i = 0; i < RANGES; i++) {
                String upTo = step(statement, after);
                works.add(new Work.CompareRange(after, upTo));
                if (upTo == null) {
                    works.add(new Work.CompareOtherTypes(UnrangedKeys.BESIDE_RANGES));
                    return works;
                }
                after = upTo;
            }
        }
        works.add(new Work.Plan(plan.scope(), plan.changedSince(), new PlanCursor.Ranges(after).text()));
        return works;
    }

    private @Nullable String step(Statement statement, @Nullable String after) throws SQLException {
        try (ResultSet found =
                statement.executeQuery(key.step(after, sides.config().segmentSize()))) {
            return found.next() ? found.getString(1) : null;
        }
    }
}
