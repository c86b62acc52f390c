package io.plumbline.reconciler.work;

import io.plumbline.stores.RepairJournal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A journal that lists the repairs a test has put there; nobody repairs. */
final class ListedRepairs implements RepairJournal {

    final List<Entry> repairs = new ArrayList<>();

    @Override
    public List<Entry> repairsOf(String runId, @Nullable String afterRepairId, int limit) {
        List<String> ids = repairs.stream().map(Entry::repairId).toList();
        int from = afterRepairId == null ? 0 : ids.indexOf(afterRepairId) + 1;
        return repairs.subList(from, Math.min(from + limit, repairs.size()));
    }

    @Override
    public Map<String, Entry> find(Collection<String> repairIds) {
        throw new UnsupportedOperationException("the reconciler repairs nothing");
    }

    @Override
    public void intend(List<Entry> entries) {
        throw new UnsupportedOperationException("the reconciler repairs nothing");
    }

    @Override
    public void complete(Map<String, Ended> endings) {
        throw new UnsupportedOperationException("the reconciler repairs nothing");
    }
}
