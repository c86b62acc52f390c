package io.plumbline.topics.record;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What cases tell the runs that subscribe to them; keyed by the run's group. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RunEvent.CaseConfirmed.class, name = "case-confirmed"),
    @JsonSubTypes.Type(value = RunEvent.CaseClosed.class, name = "case-closed")
})
public sealed interface RunEvent {

    String runId();

    EntityKey entity();

    /** The case is a proven drift and waits for the run's decision. */
    record CaseConfirmed(String runId, EntityKey entity, DriftClass drift, List<FieldDifference> differences)
            implements RunEvent {

        @SuppressWarnings("NullAway") // Jackson passes null for a list that was left out
        public CaseConfirmed {
            differences = differences == null ? List.of() : List.copyOf(differences);
        }
    }

    /**
     * The one final outcome of a case for a run.
     *
     * @param verdict the ledger's class of the entity
     * @param repair what became of it, for the three drift classes only
     * @param differences field by field, for {@code DIFFERENT}
     */
    record CaseClosed(
            String runId,
            EntityKey entity,
            Verdict verdict,
            @Nullable RepairOutcome repair,
            List<FieldDifference> differences,
            @Nullable String reason)
            implements RunEvent {

        @SuppressWarnings("NullAway") // Jackson passes null for a list that was left out
        public CaseClosed {
            differences = differences == null ? List.of() : List.copyOf(differences);
        }
    }
}
