package io.plumbline.stores;

import io.plumbline.topics.record.EntityKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The record of repairs, in PostgreSQL: written before a repair is, completed after it. */
public interface RepairJournal {

    /** The entries there are of these repairs. */
    Map<String, Entry> find(Collection<String> repairIds);

    /** Records or replaces the intents of repairs that are not complete. */
    void intend(List<Entry> entries);

    /** Completes repairs with how they ended. Completing twice changes nothing. */
    void complete(Map<String, String> resultByRepairId);

    /** Repairs of a run that ended as repaired and were not undone, ordered by id, after the cursor. */
    List<Entry> repairsOf(String runId, @Nullable String afterRepairId, int limit);

    /**
     * One repair.
     *
     * @param before the target's mapped content as JSON; {@code null} where there was none
     * @param after what was planned; {@code null} for a deletion
     * @param undoes the repair that this one undoes
     * @param result {@code null} while it is only intended
     */
    record Entry(
            String repairId,
            String runId,
            EntityKey entity,
            @Nullable String before,
            @Nullable String after,
            @Nullable String undoes,
            @Nullable String result) {}
}
