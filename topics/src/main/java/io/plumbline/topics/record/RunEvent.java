package io.plumbline.topics.record;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is told to runs about what they wait for; keyed by the run's group. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RunEvent.CaseConfirmed.class, name = "case-confirmed"),
    @JsonSubTypes.Type(value = RunEvent.CaseClosed.class, name = "case-closed"),
    @JsonSubTypes.Type(value = RunEvent.CaseSettled.class, name = "case-settled"),
    @JsonSubTypes.Type(value = RunEvent.Counted.class, name = "counted")
})
public sealed interface RunEvent {

    String runId();

    /** The dataset or exchange that the run is about. */
    String subject();

    /** The case is a proven drift and waits for the run's decision. */
    record CaseConfirmed(String runId, EntityKey entity, DriftClass drift, List<FieldDifference> differences)
            implements RunEvent {

        @SuppressWarnings("NullAway") // Jackson passes null for a list that was left out
        public CaseConfirmed {
            differences = differences == null ? List.of() : List.copyOf(differences);
        }

        @Override
        public String subject() {
            return entity.dataset();
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

        @Override
        public String subject() {
            return entity.dataset();
        }
    }

    /**
     * The one final outcome of a case that needed no decision.
     *
     * @param counters what the run's ledger counts for it
     * @param note what the report's reader must know; {@code null} for nothing
     */
    record CaseSettled(
            String runId,
            EntityKey entity,
            Map<String, Long> counters,
            @Nullable String note) implements RunEvent {

        public CaseSettled {
            counters = Map.copyOf(counters);
        }

        @Override
        public String subject() {
            return entity.dataset();
        }
    }

    /** Something that the run's ledger counts beside its cases, such as requests made. */
    record Counted(String runId, String subject, Map<String, Long> counters, List<WorkAnswer.Unreadable> unreadable)
            implements RunEvent {

        @SuppressWarnings("NullAway") // Jackson passes null for a collection that was left out
        public Counted {
            counters = counters == null ? Map.of() : Map.copyOf(counters);
            unreadable = unreadable == null ? List.of() : List.copyOf(unreadable);
        }
    }
}
