package io.plumbline.reconciler.kinds;

import io.plumbline.runs.LedgerEquation;
import io.plumbline.topics.config.CleanUpConfig;
import io.plumbline.topics.config.DatasetConfig;
import io.plumbline.topics.config.JobConfig;
import io.plumbline.topics.record.RunRequest;
import io.plumbline.topics.record.Work;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Deletes outbox rows processed long ago, and expired idempotency keys. A dry run deletes nothing. */
final class CleanUpKind implements EntityKind {

    private final Map<String, DatasetConfig> datasets;

    CleanUpKind(Map<String, DatasetConfig> datasets) {
        this.datasets = datasets;
    }

    @Override
    public String name() {
        return "clean-up";
    }

    @Override
    public List<String> counters() {
        return List.of("outbox-rows-deleted", "idempotency-keys-deleted");
    }

    @Override
    public List<String> failures() {
        return List.of();
    }

    @Override
    public List<LedgerEquation> equations() {
        return List.of();
    }

    @Override
    public List<Work> begin(RunRequest request, JobConfig job, Instant now) {
        DatasetConfig dataset = job.dataset() == null ? null : datasets.get(job.dataset());
        CleanUpConfig cleanUp = dataset == null ? null : dataset.cleanUp();
        return request.dryRun() || cleanUp == null ? List.of() : List.of(new Work.CleanUp(cleanUp.processedAfter()));
    }

    @Override
    public boolean plans(Work work) {
        return true;
    }
}
