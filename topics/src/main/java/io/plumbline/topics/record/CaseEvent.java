package io.plumbline.topics.record;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happens to an entity's case; keyed by the entity. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = CaseEvent.Changed.class, name = "changed"),
    @JsonSubTypes.Type(value = CaseEvent.Suspected.class, name = "suspected"),
    @JsonSubTypes.Type(value = CaseEvent.Decided.class, name = "decided"),
    @JsonSubTypes.Type(value = CaseEvent.UndoRequested.class, name = "undo-requested")
})
public sealed interface CaseEvent {

    EntityKey entity();

    /** The source said that it changed the entity (fast way). */
    record Changed(EntityKey entity, String eventId, long position, Instant committedAt) implements CaseEvent {}

    /**
     * A run subscribes to the entity's case with what it saw.
     *
     * @param look what the segment's comparison saw; {@code null} where the entity is only named (outbox retry)
     * @param deadline the run's
     * @param unpark look again even at an entity that an undo parked
     */
    record Suspected(
            EntityKey entity,
            String runId,
            String group,
            @Nullable Look look,
            Instant deadline,
            boolean unpark) implements CaseEvent {}

    /** A run's decision about an entity that was confirmed as drift. */
    record Decided(EntityKey entity, String runId, Decision decision) implements CaseEvent {}

    /** Undo one repair of the entity, on behalf of a run. */
    record UndoRequested(EntityKey entity, String runId, String group, String repairId, Instant deadline)
            implements CaseEvent {}

    /** What is done about a confirmed drift. */
    enum Decision {
        /** Repair it. */
        RELEASE,
        /** The breaker held it: final for the run. */
        HOLD,
        /** Policy or dry run: report it only. */
        REPORT
    }
}
