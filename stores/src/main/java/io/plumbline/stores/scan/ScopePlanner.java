package io.plumbline.stores.scan;

import io.plumbline.stores.SegmentScanner.Planned;
import io.plumbline.topics.config.DatasetConfig;
import io.plumbline.topics.record.Scope;
import io.plumbline.topics.record.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plans a scope in bounded steps. The first step of a run decides how it is planned, and the cursor of the following
 * ones says so, so that all steps agree even where an index is dropped in between.
 */
final class ScopePlanner {

    private final DatasetSides sides;

    ScopePlanner(DatasetSides sides) {
        this.sides = sides;
    }

    Planned plan(Work.Plan plan) throws SQLException {
        try (Connection connection = sides.source().getConnection()) {
            if (plan.cursor() != null) {
                return new Planned(next(connection, plan, PlanCursor.parse(plan.cursor())), null, plan.changedSince());
            }
            SourcePosition position =
                    SourcePosition.now(connection, sides.config().longestTransaction());
            Work.Plan first = new Work.Plan(plan.scope(), changedSince(plan, position), null);
            List<Work> works = plan.scope().kind() == Scope.Kind.KEYS
                    ? KeySegments.of(
                            plan.scope().keys().stream().distinct().toList(),
                            sides.config().segmentSize())
                    : next(connection, first, start(connection, plan.scope()));
            return new Planned(works, position.text(), first.changedSince());
        }
    }

    private PlanCursor start(Connection connection, Scope scope) throws SQLException {
        boolean ranges = scope.kind() == Scope.Kind.FULL && new MergeCheck(sides).passes(connection);
        return ranges ? new PlanCursor.Ranges(null) : new PlanCursor.Keys(List.of());
    }

    private List<Work> next(Connection connection, Work.Plan plan, PlanCursor cursor) throws SQLException {
        return switch (cursor) {
            case PlanCursor.Ranges ranges -> new RangePlanner(sides).next(connection, plan, ranges.after());
            case PlanCursor.Keys keys -> new KeyPlanner(sides).next(connection, plan, keys.after());
        };
    }

    private @Nullable Instant changedSince(Work.Plan plan, SourcePosition position) {
        if (plan.scope().kind() != Scope.Kind.WINDOW || plan.changedSince() != null) {
            return plan.changedSince();
        }
        DatasetConfig config = sides.config();
        Duration window = plan.scope().window();
        return position.changedSince(config, window == null ? config.window() : window);
    }
}
