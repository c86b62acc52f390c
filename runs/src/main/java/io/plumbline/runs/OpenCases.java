package io.plumbline.runs;

import io.plumbline.runs.StateStore.Entry;
import io.plumbline.runs.StateStore.Form;
import io.plumbline.topics.record.EntityKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cases of runs that are not closed, one record each: that is how each is counted once. Those that wait for a
 * decision stand apart, so that deciding finds them.
 */
final class OpenCases {

    private static final String WAITING = "waiting";
    private static final String OTHER = "case";
    private static final Form<CaseState> CASE = new Form<>(CaseState.class);

    private final StateStore state;

    OpenCases(StateStore state) {
        this.state = state;
    }

    @Nullable
    CaseState get(OpenRun open, EntityKey entity) {
        CaseState found = state.get(key(open, OTHER, entity.text()), CASE);
        return found == null ? state.get(key(open, WAITING, entity.text()), CASE) : found;
    }

    void put(OpenRun open, EntityKey entity, CaseState newState) {
        boolean waits = newState.drift() != null && !newState.isDecided();
        if (newState.drift() != null) {
            state.delete(key(open, waits ? OTHER : WAITING, entity.text()));
        }
        state.put(key(open, waits ? WAITING : OTHER, entity.text()), newState, CASE);
    }

    void remove(OpenRun open, EntityKey entity) {
        state.delete(key(open, OTHER, entity.text()));
        state.delete(key(open, WAITING, entity.text()));
    }

    /** The first of those that wait for a decision. */
    List<Entry<CaseState>> waiting(OpenRun open, int limit) {
        return state.entries(limit, CASE, Runs.LIVE, open.id(), WAITING);
    }

    private static String key(OpenRun open, String where, String entity) {
        return StateStore.key(Runs.LIVE, open.id(), where, entity);
    }
}
