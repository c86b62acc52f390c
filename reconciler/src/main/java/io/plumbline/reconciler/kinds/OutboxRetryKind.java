package io.plumbline.reconciler.kinds;

import io.plumbline.topics.config.JobConfig;
import io.plumbline.topics.record.RunRequest;
import io.plumbline.topics.record.Work;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Looks at the entities of outbox rows that were not processed, and repairs those that lack their effect. */
final class OutboxRetryKind implements EntityKind {

    private static final String UNRESOLVED = "rows-unresolved";
    private static final List<String> ROWS = List.of("rows-read", UNRESOLVED);

    @Override
    public String name() {
        return "outbox-retry";
    }

    @Override
    public List<String> counters() {
        return Stream.concat(ROWS.stream(), EntityCounters.ALL.stream()).toList();
    }

    @Override
    public List<String> failures() {
        return Stream.concat(EntityCounters.FAILURES.stream(), Stream.of(UNRESOLVED))
                .toList();
    }

    @Override
    public List<Work> begin(RunRequest request, JobConfig job, Instant now) {
        return List.of(new Work.RetryOutbox(null));
    }

    @Override
    public boolean plans(Work work) {
        return work instanceof Work.RetryOutbox;
    }
}
