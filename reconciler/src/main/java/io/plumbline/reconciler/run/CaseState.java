package io.plumbline.reconciler.run;

import io.plumbline.topics.record.CaseEvent.Decision;
import io.plumbline.topics.record.DriftClass;
import org.jspecify.annotations.Nullable;

/**
 * A case of a run that is not closed.
 *
 * @param drift the class that was confirmed last; {@code null} while it is only suspected
 * @param decision {@code null} while it is not decided
 */
record CaseState(@Nullable DriftClass drift, @Nullable Decision decision) {

    static final CaseState SUSPECTED = new CaseState(null, null);

    boolean isDecided() {
        return decision != null;
    }
}
