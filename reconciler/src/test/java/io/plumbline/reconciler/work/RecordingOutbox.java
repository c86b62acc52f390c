package io.plumbline.reconciler.work;

import io.plumbline.stores.OutboxTable;
import io.plumbline.stores.SourceEntity;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.OutboxRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remembers the marks; pages and numbers of deletable rows are as a test sets them. */
final class RecordingOutbox implements OutboxTable {

    final List<String> processed = new ArrayList<>();
    final List<String> failed = new ArrayList<>();
    final Map<String, Page> pages = new LinkedHashMap<>();
    int processedRows;
    int expiredKeys;
    private final WorkerBench bench;

    RecordingOutbox(WorkerBench bench) {
        this.bench = bench;
    }

    /** Aggregate ids that begin with {@code c} are of the entity of that name, others of none. */
    @Override
    public List<Resolution> resolve(List<Reference> references) {
        bench.call("source", "resolve " + references.size());
        return references.stream()
                .map(reference -> reference.aggregateId().startsWith("c")
                        ? new Resolution(EntityKey.of("mail", reference.aggregateId()), null)
                        : new Resolution(null, "no such row"))
                .toList();
    }

    @Override
    public void verifyMarks() {
        bench.call("source", "verify");
    }

    @Override
    public Page unprocessed(@Nullable String cursor, int limit) {
        bench.call("source", "unprocessed after " + cursor);
        return pages.getOrDefault(String.valueOf(cursor), new Page(Map.of(), Map.of(), null));
    }

    @Override
    public int markProcessed(List<SourceEntity> seen) {
        bench.call("outbox", "mark-processed");
        seen.forEach(entity -> entity.pending().forEach(row -> processed.add(row.id())));
        return seen.size();
    }

    @Override
    public int markFailed(List<OutboxRow> rows, String error) {
        bench.call("outbox", "mark-failed");
        rows.forEach(row -> failed.add(row.id() + ": " + error));
        return rows.size();
    }

    @Override
    public int deleteProcessed(Duration age, int limit) {
        int deleted = Math.min(limit, processedRows);
        processedRows -= deleted;
        return deleted;
    }

    @Override
    public int deleteExpiredKeys(int limit) {
        int deleted = Math.min(limit, expiredKeys);
        expiredKeys -= deleted;
        return deleted;
    }
}
