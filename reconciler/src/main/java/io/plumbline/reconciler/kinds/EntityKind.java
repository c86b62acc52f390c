package io.plumbline.reconciler.kinds;

import io.plumbline.runs.JobKind;
import io.plumbline.runs.LedgerEquation;
import io.plumbline.topics.config.JobConfig;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.RunRequest;
import io.plumbline.topics.record.Scope;
import io.plumbline.topics.record.Trigger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A kind whose runs classify entities, without a scope that could be asked for. */
interface EntityKind extends JobKind {

    @Override
    default List<String> counters() {
        return EntityCounters.ALL;
    }

    @Override
    default List<String> failures() {
        return EntityCounters.FAILURES;
    }

    @Override
    default List<LedgerEquation> equations() {
        return EntityCounters.EQUATIONS;
    }

    @Override
    default List<String> problems(Trigger trigger, String name, JobConfig job) {
        return ScopeRules.none(trigger, name);
    }

    @Override
    default @Nullable Scope asked(Trigger trigger, JobConfig job) {
        return null;
    }

    @Override
    default @Nullable Scope scope(RunRequest request, JobConfig job) {
        return null;
    }

    @Override
    default String namedCounter() {
        return EntityCounters.CHECKED;
    }

    @Override
    default List<String> outcomeCounters(RunEvent.CaseClosed closed) {
        return EntityCounters.of(closed);
    }

    @Override
    default Map<String, Long> atDeadline(Map<String, Long> counters, long casesOpen) {
        return Map.of(EntityCounters.SKIPPED, casesOpen);
    }
}
