package io.plumbline.stores.scan;

import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.Scope;
import io.plumbline.topics.record.Work;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Pages through the source's distinct entity keys. A page begins after the last key of the page before, in the order of
 * the key's columns as they are, so that an index on them is used where there is one (for a rewritten, trimmed or
 * folded part: an index on the expression).
 */
final class KeyPlanner {

    private static final int PAGE = 10_000;
    private static final int MAX_CHARACTERS = 200_000;

    private final DatasetSides sides;
    private final SourceKeys keys;

    KeyPlanner(DatasetSides sides) {
        this.sides = sides;
        this.keys = new SourceKeys(sides);
    }

    List<Work> next(Connection connection, Work.Plan plan, List<String> after) throws SQLException {
        Instant changedSince = plan.changedSince();
        String condition = changedSince == null ? "" : keys.changedSince(changedSince);
        Page page = page(connection, keys.page(condition, after, PAGE));
        List<Work> works =
                new ArrayList<>(KeySegments.of(page.keys, sides.config().segmentSize()));
        if (!page.last) {
            List<String> end = page.keys.getLast().parts();
            works.add(new Work.Plan(plan.scope(), changedSince, new PlanCursor.Keys(end).text()));
            return works;
        }
        if (plan.scope().kind() == Scope.Kind.FULL) {
            works.add(new Work.CompareTargetPage(null));
        }
        works.add(new Work.CompareOtherTypes(UnrangedKeys.changedSince(changedSince)));
        return works;
    }

    private Page page(Connection connection, String sql) throws SQLException {
        List<EntityKey> found = new ArrayList<>();
        int parts = sides.mapping().key().size();
        int characters = 0;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                List<String> key = new ArrayList<>(parts);
                for (int i = 1; i <= parts; i++) {
                    key.add(rows.getString(i));
                }
                EntityKey entity = new EntityKey(sides.dataset(), key);
                found.add(entity);
                characters += KeySegments.characters(entity);
                if (characters >= MAX_CHARACTERS) {
                    return new Page(found, false);
                }
            }
        }
        return new Page(found, found.size() < PAGE);
    }

    private record Page(List<EntityKey> keys, boolean last) {}
}
