package io.plumbline.topics.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run's report on {@code reconciliation-report}, keyed by the run id: at the start, on progress, and at the end.
 *
 * @param kind the job kind: {@code documents}, {@code outbox-retry}, {@code clean-up}, {@code undo},
 *     {@code candles}
 * @param dataset the dataset or exchange that the run is about
 * @param counters the ledger, by counter name
 * @param ledgerAddsUp whether every equation of the job kind holds; checked when the run ends
 * @param violations the equations that do not hold, with their figures
 * @param progress how much work is known and done
 * @param fieldDifferences field differences by {@code field} and then by kind
 * @param samples up to 20 differences, field by field
 * @param unreadable up to 20 entries that could not be compared, with reasons
 * @param notes what was skipped and why, and anything else its reader must know
 * @param vouchesUpTo the source position up to which it vouches (the start of the oldest transaction at planning)
 * @param heldEntities how many entities wait for an approval
 */
public record Report(
        String runId,
        String job,
        String kind,
        @Nullable String dataset,
        @Nullable String group,
        Cause cause,
        @Nullable Scope scope,
        boolean dryRun,
        RunStatus status,
        Instant startedAt,
        Instant updatedAt,
        @Nullable Instant endedAt,
        @Nullable Instant deadline,
        @JsonInclude(JsonInclude.Include.ALWAYS) Map<String, Long> counters,
        @Nullable Boolean ledgerAddsUp,
        List<String> violations,
        @Nullable Progress progress,
        Map<String, Map<String, Long>> fieldDifferences,
        List<Sample> samples,
        List<WorkAnswer.Unreadable> unreadable,
        List<String> notes,
        @Nullable String vouchesUpTo,
        @Nullable Long heldEntities) {

    /** Work pieces known, done, and whether all are known. */
    public record Progress(int known, int done, boolean planned, long casesOpen) {}

    /** One drift as the report shows it. */
    public record Sample(
            EntityKey entity,
            Verdict verdict,
            @Nullable RepairOutcome repair,
            List<FieldDifference> differences,
            @Nullable String reason) {

        @SuppressWarnings("NullAway") // Jackson passes null for a list that was left out
        public Sample {
            differences = differences == null ? List.of() : List.copyOf(differences);
        }
    }

    @SuppressWarnings("NullAway") // Jackson passes null for a collection that was left out
    public Report {
        counters = counters == null ? Map.of() : counters;
        violations = violations == null ? List.of() : List.copyOf(violations);
        fieldDifferences = fieldDifferences == null ? Map.of() : fieldDifferences;
        samples = samples == null ? List.of() : List.copyOf(samples);
        unreadable = unreadable == null ? List.of() : List.copyOf(unreadable);
        notes = notes == null ? List.of() : List.copyOf(notes);
    }

    public long counter(String name) {
        return counters.getOrDefault(name, 0L);
    }
}
