package io.plumbline.reconciler.work;

import io.plumbline.stores.DatasetStores;
import io.plumbline.stores.OutboxTable;
import io.plumbline.stores.RepairJournal;
import io.plumbline.stores.RepairJournal.Entry;
import io.plumbline.stores.SegmentScanner.Planned;
import io.plumbline.stores.SegmentScanner.Scanned;
import io.plumbline.topics.record.OutboxRow;
import io.plumbline.topics.record.Suspect;
import io.plumbline.topics.record.Work;
import io.plumbline.topics.record.WorkAnswer;
import io.plumbline.topics.record.WorkAnswer.UndoableRepair;
import io.plumbline.topics.record.WorkAnswer.Unreadable;
import io.plumbline.topics.record.WorkCommand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Does each kind of work against the stores of one dataset, a bounded amount at a time; the rest comes back as work. */
final class DatasetWork {

    static final int OUTBOX_PAGE = 1_000;
    static final int UNDO_PAGE = 1_000;
    static final int DELETED_AT_ONCE = 5_000;
    private static final int SAMPLE = 20;

    private final DatasetStores stores;
    private final RepairJournal journal;

    DatasetWork(DatasetStores stores, RepairJournal journal) {
        this.stores = stores;
        this.journal = journal;
    }

    WorkAnswer answer(WorkCommand command) {
        return switch (command.work()) {
            case Work.Plan plan -> planned(command, stores.scanner().plan(plan));
            case Work.RetryOutbox retry -> retry(command, retry.cursor());
            case Work.FailOutboxRows fail -> failRows(command, fail);
            case Work.CleanUp cleanUp -> cleanUp(command, cleanUp);
            case Work.ListRepairs list -> listRepairs(command, list);
            case Work.CompareRange segment -> scanned(command, stores.scanner().scan(segment));
            case Work.CompareKeys segment -> scanned(command, stores.scanner().scan(segment));
            case Work.CompareTargetPage segment ->
                scanned(command, stores.scanner().scan(segment));
            case Work.CompareOtherTypes segment ->
                scanned(command, stores.scanner().scan(segment));
            case Work.OfCandles candles ->
                throw new IllegalArgumentException("work of candles was sent to the workers of datasets: " + candles);
        };
    }

    private static WorkAnswer planned(WorkCommand command, Planned planned) {
        return WorkAnswer.done(command, Map.of(), List.of(), List.of(), planned.next(), planned.position(), List.of());
    }

    private static WorkAnswer scanned(WorkCommand command, Scanned scanned) {
        Map<String, Long> counters = Map.of(
                "checked", scanned.checked(),
                "matched", scanned.matched(),
                "unreadable", scanned.unreadableCount());
        return WorkAnswer.done(
                command, counters, scanned.suspects(), scanned.unreadable(), scanned.next(), null, List.of());
    }

    /** Suspects without a look: each is looked at as it is now. Rows of no entity are failed by work of their own. */
    private WorkAnswer retry(WorkCommand command, @Nullable String cursor) {
        OutboxTable.Page page = outbox().unprocessed(cursor, OUTBOX_PAGE);
        List<Suspect> suspects = page.entities().values().stream()
                .distinct()
                .map(entity -> new Suspect(entity, null))
                .toList();
        Map<String, List<OutboxRow>> failed = new LinkedHashMap<>();
        page.unresolved()
                .forEach((row, reason) ->
                        failed.computeIfAbsent(reason, r -> new ArrayList<>()).add(row));
        List<Work> next = new ArrayList<>();
        failed.forEach((reason, rows) -> next.add(new Work.FailOutboxRows(rows, reason)));
        if (page.cursor() != null) {
            next.add(new Work.RetryOutbox(page.cursor()));
        }
        long unresolved = page.unresolved().size();
        Map<String, Long> counters =
                Map.of("rows-read", page.entities().size() + unresolved, "rows-unresolved", unresolved);
        List<Unreadable> sample = page.unresolved().entrySet().stream()
                .limit(SAMPLE)
                .map(row -> new Unreadable("outbox row " + row.getKey().id(), row.getValue()))
                .toList();
        return WorkAnswer.done(command, counters, suspects, sample, next, null, List.of());
    }

    private WorkAnswer failRows(WorkCommand command, Work.FailOutboxRows fail) {
        outbox().markFailed(fail.rows(), fail.error());
        return WorkAnswer.done(command, Map.of(), List.of());
    }

    private WorkAnswer cleanUp(WorkCommand command, Work.CleanUp cleanUp) {
        long rows = outbox().deleteProcessed(cleanUp.processedAge(), DELETED_AT_ONCE);
        long keys = outbox().deleteExpiredKeys(DELETED_AT_ONCE);
        boolean more = rows == DELETED_AT_ONCE || keys == DELETED_AT_ONCE;
        Map<String, Long> counters = Map.of("outbox-rows-deleted", rows, "idempotency-keys-deleted", keys);
        return WorkAnswer.done(command, counters, more ? List.of(cleanUp) : List.of());
    }

    private WorkAnswer listRepairs(WorkCommand command, Work.ListRepairs list) {
        List<Entry> entries = journal.repairsOf(list.runId(), list.cursor(), UNDO_PAGE);
        List<UndoableRepair> repairs = entries.stream()
                .map(entry -> new UndoableRepair(entry.entity(), entry.repairId()))
                .toList();
        List<Work> next = entries.size() < UNDO_PAGE
                ? List.of()
                : List.of(new Work.ListRepairs(list.runId(), entries.getLast().repairId()));
        return WorkAnswer.done(command, Map.of(), List.of(), List.of(), next, null, repairs);
    }

    private OutboxTable outbox() {
        OutboxTable outbox = stores.outbox();
        if (outbox == null) {
            throw new IllegalStateException("dataset '" + stores.dataset() + "' has no outbox");
        }
        return outbox;
    }
}
