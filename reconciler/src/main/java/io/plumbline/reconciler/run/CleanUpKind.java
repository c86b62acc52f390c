package io.plumbline.reconciler.run;

import io.plumbline.topics.config.CleanUpConfig;
import io.plumbline.topics.config.DatasetConfig;
import io.plumbline.topics.config.JobConfig;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.RunRequest;
import io.plumbline.topics.record.Scope;
import io.plumbline.topics.record.Work;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deletes outbox rows processed long ago, and expired idempotency keys. A dry run deletes nothing. */
final class CleanUpKind implements JobKind {

    @Override
    public String name() {
        return "clean-up";
    }

    @Override
    public List<String> counters() {
        return List.of("outbox-rows-deleted", "idempotency-keys-deleted");
    }

    @Override
    public List<LedgerEquation> equations() {
        return List.of();
    }

    @Override
    public @Nullable Scope scope(RunRequest request, JobConfig job, DatasetConfig dataset) {
        return null;
    }

    @Override
    public List<Work> begin(RunRequest request, JobConfig job, DatasetConfig dataset) {
        CleanUpConfig cleanUp = dataset.cleanUp();
        return request.dryRun() || cleanUp == null ? List.of() : List.of(new Work.CleanUp(cleanUp.processedAfter()));
    }

    @Override
    public boolean plans(Work work) {
        return true;
    }

    @Override
    public String namedCounter() {
        return EntityCounters.CHECKED;
    }

    @Override
    public List<String> outcomeCounters(RunEvent.CaseClosed closed) {
        return EntityCounters.of(closed);
    }

    @Override
    public String openAtDeadlineCounter() {
        return EntityCounters.SKIPPED;
    }
}
