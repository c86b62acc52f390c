package io.plumbline.runs;

import io.plumbline.runs.StateStore.Form;
import io.plumbline.topics.record.Work;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The work of runs, one record per piece. Pieces are numbered in the order in which they became known, and sent in that
 * order; so the next to send is found by its number.
 */
final class WorkQueue {

    private static final Form<WorkItem> ITEM = new Form<>(WorkItem.class);

    private final StateStore state;

    WorkQueue(StateStore state) {
        this.state = state;
    }

    void append(OpenRun open, List<Work> works) {
        for (Work work : works) {
            open.tally.known++;
            if (open.kind.plans(work)) {
                open.tally.planning++;
            }
            put(open, open.tally.known, WorkItem.of(work));
        }
    }

    void put(OpenRun open, int number, WorkItem item) {
        state.put(key(open.id(), number), item, ITEM);
    }

    /** {@code null} where that work is over. */
    @Nullable
    WorkItem get(OpenRun open, int number) {
        return state.get(key(open.id(), number), ITEM);
    }

    /** Takes the next work to send; the caller puts it back as sent. */
    @Nullable
    WorkItem next(OpenRun open) {
        if (open.tally.sent == open.tally.known) {
            return null;
        }
        open.tally.sent++;
        return Objects.requireNonNull(get(open, open.tally.sent), open.id());
    }

    /** The work is over. */
    void finish(OpenRun open, int number, WorkItem item) {
        open.tally.finished++;
        if (open.kind.plans(item.work())) {
            open.tally.planning--;
        }
        state.delete(key(open.id(), number));
    }

    private static String key(String runId, int number) {
        return StateStore.key(Runs.LIVE, runId, "work", "%010d".formatted(number));
    }
}
