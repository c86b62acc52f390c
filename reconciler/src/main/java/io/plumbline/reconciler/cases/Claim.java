package io.plumbline.reconciler.cases;

import io.plumbline.topics.record.DriftClass;
import org.jspecify.annotations.Nullable;

/**
 * What was said and decided about a case.
 *
 * @param confirmed the class last proven; {@code null} before it was
 * @param releasedBy the run that released the repair; {@code null} before one did
 */
record Claim(@Nullable DriftClass confirmed, @Nullable String releasedBy) {

    static final Claim NONE = new Claim(null, null);

    Claim confirmed(@Nullable DriftClass drift) {
        return new Claim(drift, releasedBy);
    }

    Claim releasedBy(String runId) {
        return new Claim(confirmed, runId);
    }
}
