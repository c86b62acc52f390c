package io.plumbline.runs;

import io.plumbline.topics.record.Work;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a run's work that is not over.
 *
 * @param attempt how often it was sent
 * @param waiting whether it was answered, and will be sent again after a pause
 * @param failures how often it failed for a reason of its own
 * @param unavailable how often in a row a store was away
 * @param unavailableSince when a store was away first, since it failed otherwise
 */
record WorkItem(
        Work work,
        int attempt,
        boolean waiting,
        int failures,
        int unavailable,
        @Nullable Instant unavailableSince) {

    static WorkItem of(Work work) {
        return new WorkItem(work, 0, false, 0, 0, null);
    }

    WorkItem sent() {
        return new WorkItem(work, attempt + 1, false, failures, unavailable, unavailableSince);
    }

    WorkItem failed() {
        return new WorkItem(work, attempt, true, failures + 1, 0, null);
    }

    WorkItem unavailable(Instant now) {
        return new WorkItem(
                work, attempt, true, failures, unavailable + 1, unavailableSince == null ? now : unavailableSince);
    }
}
