package io.plumbline.reconciler.cases;

import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.FieldDifference;
import io.plumbline.topics.record.Look;
import io.plumbline.topics.record.OutboxRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks as tests need them. */
final class Looks {

    private Looks() {}

    static Look of(String source, @Nullable String order, String target) {
        return of(source, order, target, List.of());
    }

    static Look of(String source, @Nullable String order, String target, List<OutboxRow> pending) {
        DriftClass drift = classOf(source, target);
        List<FieldDifference> differences = drift == DriftClass.DIFFERENT
                ? List.of(new FieldDifference("amount", "value", source, target))
                : List.of();
        return new Look(drift, source, order, target, differences, pending, null);
    }

    static Look unreadable(String reason) {
        return new Look(null, Look.ABSENT, null, Look.ABSENT, List.of(), List.of(), reason);
    }

    private static @Nullable DriftClass classOf(String source, String target) {
        if (source.equals(target)) {
            return null;
        }
        if (target.equals(Look.ABSENT)) {
            return DriftClass.MISSING;
        }
        return source.equals(Look.ABSENT) ? DriftClass.EXTRA : DriftClass.DIFFERENT;
    }
}
