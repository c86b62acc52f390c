package io.plumbline.stores;

import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.RepairAnswer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The record of repairs, in PostgreSQL: written before a repair is, completed after it. Every method throws {@link
 * StoreUnavailableException} where it is away.
 */
public interface RepairJournal {

    /** The entries there are of these repairs. */
    Map<String, Entry> find(Collection<String> repairIds);

    /** Records or replaces the intents of repairs that are not complete. */
    void intend(List<Entry> entries);

    /** Completes repairs with how they ended, by repair id. Completing twice changes nothing. */
    void complete(Map<String, Ended> endings);

    /** Repairs of a run that ended as repaired and were not undone, newest first, after the cursor. */
    List<Entry> repairsOf(String runId, @Nullable String afterRepairId, int limit);

    /**
     * One repair.
     *
     * @param before the target's mapped content as JSON; {@code null} where there was none
     * @param after what was planned; {@code null} for a deletion
     * @param undoes the repair that this one undoes
     * @param ended {@code null} while it is only intended
     */
    record Entry(
            String repairId,
            String runId,
            EntityKey entity,
            @Nullable String before,
            @Nullable String after,
            @Nullable String undoes,
            @Nullable Ended ended) {}

    /**
     * How a repair ended: what its answer says.
     *
     * @param sourceContent digest of the source's normalised content that the last reading saw
     */
    record Ended(
            RepairAnswer.Result result,
            @Nullable String sourceContent,
            @Nullable String reason) {}
}
