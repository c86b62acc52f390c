package io.plumbline.repairer;

import io.plumbline.stores.RepairJournal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Entries by repair id. */
final class InMemoryJournal implements RepairJournal {

    final Map<String, Entry> entries = new HashMap<>();
    private final Steps steps;

    InMemoryJournal(Steps steps) {
        this.steps = steps;
    }

    @Override
    public Map<String, Entry> find(Collection<String> repairIds) {
        steps.pass("journal-find");
        Map<String, Entry> found = new HashMap<>(entries);
        found.keySet().retainAll(repairIds);
        return found;
    }

    @Override
    public void intend(List<Entry> intents) {
        steps.pass("journal-intend");
        for (Entry intent : intents) {
            entries.merge(intent.repairId(), intent, (old, now) -> old.ended() == null ? now : old);
        }
        steps.pass("journal-intended");
    }

    @Override
    public void complete(Map<String, Ended> endings) {
        steps.pass("journal-complete");
        endings.forEach((id, ended) -> entries.computeIfPresent(
                id,
                (key, entry) -> entry.ended() != null
                        ? entry
                        : new Entry(
                                id,
                                entry.runId(),
                                entry.entity(),
                                entry.before(),
                                entry.after(),
                                entry.undoes(),
                                ended)));
        steps.pass("journal-completed");
    }

    @Override
    public List<Entry> repairsOf(String runId, @Nullable String afterRepairId, int limit) {
        throw new UnsupportedOperationException("no repair lists repairs");
    }
}
