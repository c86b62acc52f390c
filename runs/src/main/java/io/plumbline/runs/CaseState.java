package io.plumbline.runs;

import io.plumbline.topics.record.CaseEvent.Decision;
import io.plumbline.topics.record.DriftClass;
import org.jspecify.annotations.Nullable;

/**
 * A case of a run that is not closed.
 *
 * @param drift the class that was confirmed last; {@code null} while it is only suspected
 * @param decision {@code null} while it is not decided
 * @param outcomes how many outcomes are to come: one, but for an entity of which several repairs are undone
 */
record CaseState(@Nullable DriftClass drift, @Nullable Decision decision, int outcomes) {

    static final CaseState SUSPECTED = new CaseState(null, null, 1);

    static CaseState confirmed(DriftClass drift) {
        return new CaseState(drift, null, 1);
    }

    static CaseState decided(DriftClass drift, Decision decision) {
        return new CaseState(drift, decision, 1);
    }

    CaseState withOutcomes(int number) {
        return new CaseState(drift, decision, number);
    }

    boolean isDecided() {
        return decision != null;
    }
}
