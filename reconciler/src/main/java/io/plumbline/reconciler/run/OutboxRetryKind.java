package io.plumbline.reconciler.run;

import io.plumbline.topics.config.DatasetConfig;
import io.plumbline.topics.config.JobConfig;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.RunRequest;
import io.plumbline.topics.record.Scope;
import io.plumbline.topics.record.Work;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at the entities of outbox rows that were not processed, and repairs those that lack their effect. */
final class OutboxRetryKind implements JobKind {

    private static final List<String> ROWS = List.of("rows-read", "rows-unresolved");

    @Override
    public String name() {
        return "outbox-retry";
    }

    @Override
    public List<String> counters() {
        return Stream.concat(ROWS.stream(), EntityCounters.ALL.stream()).toList();
    }

    @Override
    public List<LedgerEquation> equations() {
        return EntityCounters.EQUATIONS;
    }

    @Override
    public @Nullable Scope scope(RunRequest request, JobConfig job, DatasetConfig dataset) {
        return null;
    }

    @Override
    public List<Work> begin(RunRequest request, JobConfig job, DatasetConfig dataset) {
        return List.of(new Work.RetryOutbox(null));
    }

    @Override
    public boolean plans(Work work) {
        return work instanceof Work.RetryOutbox;
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
