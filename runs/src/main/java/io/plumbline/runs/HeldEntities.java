package io.plumbline.runs;

import io.plumbline.runs.StateStore.Form;
import io.plumbline.topics.record.EntityKey;
import java.util.List;

/** The entities that wait for an approval, by run: held by a breaker, or parked by an undo. Kept for a week. */
final class HeldEntities {

    static final String HELD = "held";
    private static final Form<EntityKey> ENTITY = new Form<>(EntityKey.class);

    private final StateStore state;

    HeldEntities(StateStore state) {
        this.state = state;
    }

    void add(String runId, EntityKey entity) {
        state.put(StateStore.key(HELD, runId, entity.text()), entity, ENTITY);
    }

    List<EntityKey> of(String runId) {
        return state.entries(Integer.MAX_VALUE, ENTITY, HELD, runId).stream()
                .map(StateStore.Entry::value)
                .toList();
    }
}
