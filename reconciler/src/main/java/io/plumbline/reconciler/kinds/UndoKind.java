package io.plumbline.reconciler.kinds;

import io.plumbline.runs.LedgerEquation;
import io.plumbline.topics.config.JobConfig;
import io.plumbline.topics.record.RepairOutcome;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.RunRequest;
import io.plumbline.topics.record.Verdict;
import io.plumbline.topics.record.Work;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Undoes the repairs of a run, each where its entity still is as the repair left it. */
final class UndoKind implements EntityKind {

    private static final String REPAIRS = "repairs";
    private static final String UNDONE = "undone";
    private static final String SUPERSEDED = EntityCounters.name(RepairOutcome.SUPERSEDED);
    private static final String FAILED = EntityCounters.name(RepairOutcome.FAILED);

    @Override
    public String name() {
        return "undo";
    }

    @Override
    public List<String> counters() {
        return List.of(REPAIRS, UNDONE, SUPERSEDED, FAILED, EntityCounters.SKIPPED);
    }

    @Override
    public List<String> failures() {
        return List.of(FAILED, EntityCounters.SKIPPED);
    }

    @Override
    public List<LedgerEquation> equations() {
        return List.of(
                new LedgerEquation(List.of(REPAIRS), List.of(UNDONE, SUPERSEDED, FAILED, EntityCounters.SKIPPED)));
    }

    @Override
    public List<Work> begin(RunRequest request, JobConfig job, Instant now) {
        return List.of(new Work.ListRepairs(Objects.requireNonNull(request.undo(), request.runId()), null));
    }

    @Override
    public boolean plans(Work work) {
        return true;
    }

    @Override
    public String namedCounter() {
        return REPAIRS;
    }

    @Override
    public List<String> outcomeCounters(RunEvent.CaseClosed closed) {
        if (closed.repair() == RepairOutcome.REPAIRED) {
            return List.of(UNDONE);
        }
        if (closed.repair() == RepairOutcome.SUPERSEDED) {
            return List.of(SUPERSEDED);
        }
        return List.of(closed.verdict() == Verdict.SKIPPED ? EntityCounters.SKIPPED : FAILED);
    }
}
