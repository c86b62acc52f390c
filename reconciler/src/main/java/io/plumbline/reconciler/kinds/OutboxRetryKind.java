package io.plumbline.reconciler.kinds;

import io.plumbline.runs.JobKind;
import io.plumbline.runs.LedgerEquation;
import io.plumbline.topics.config.JobConfig;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.RunRequest;
import io.plumbline.topics.record.Scope;
import io.plumbline.topics.record.Trigger;
import io.plumbline.topics.record.Work;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at the entities of outbox rows that were not processed, and repairs those that lack their effect. */
final class OutboxRetryKind implements JobKind {

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
    public List<LedgerEquation> equations() {
        return EntityCounters.EQUATIONS;
    }

    @Override
    public List<String> problems(Trigger trigger, String name, JobConfig job) {
        return ScopeRules.none(trigger, name);
    }

    @Override
    public @Nullable Scope asked(Trigger trigger, JobConfig job) {
        return null;
    }

    @Override
    public @Nullable Scope scope(RunRequest request, JobConfig job) {
        return null;
    }

    @Override
    public List<Work> begin(RunRequest request, JobConfig job, Instant now) {
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
    public Map<String, Long> atDeadline(Map<String, Long> counters, long casesOpen) {
        return Map.of(EntityCounters.SKIPPED, casesOpen);
    }
}
