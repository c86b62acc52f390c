package io.plumbline.reconciler.run;

import io.plumbline.topics.config.DatasetConfig;
import io.plumbline.topics.config.JobConfig;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.RunRequest;
import io.plumbline.topics.record.Scope;
import io.plumbline.topics.record.Work;
import java.util.ArrayList;
import java.util.List;

/** Compares a scope of a dataset, segment by segment, and repairs what is proven to have drifted. */
final class DocumentsKind implements JobKind {

    /** Keys are named in the record, so that there can be fewer of them than a segment has entities. */
    private static final int KEYS_OF_A_RECORD = 2_000;

    @Override
    public String name() {
        return "documents";
    }

    @Override
    public List<String> counters() {
        return EntityCounters.ALL;
    }

    @Override
    public List<LedgerEquation> equations() {
        return EntityCounters.EQUATIONS;
    }

    @Override
    public Scope scope(RunRequest request, JobConfig job, DatasetConfig dataset) {
        Scope asked = request.scope();
        if (asked != null) {
            return asked;
        }
        if (job.full()) {
            return Scope.full();
        }
        return Scope.window(job.window() == null ? dataset.window() : job.window());
    }

    @Override
    public List<Work> begin(RunRequest request, JobConfig job, DatasetConfig dataset) {
        return List.of(new Work.Plan(scope(request, job, dataset), null, null));
    }

    /** The work of looking afresh at entities that are named. */
    static List<Work> lookAfresh(List<EntityKey> entities, int segmentSize) {
        List<Work> works = new ArrayList<>();
        int size = Math.min(segmentSize, KEYS_OF_A_RECORD);
        for (int from = 0; from < entities.size(); from += size) {
            works.add(new Work.CompareKeys(entities.subList(from, Math.min(entities.size(), from + size))));
        }
        return works;
    }

    @Override
    public boolean plans(Work work) {
        return work instanceof Work.Plan || work instanceof Work.CompareTargetPage;
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

    @Override
    public boolean vouches() {
        return true;
    }
}
