package io.plumbline.reconciler.kinds;

import io.plumbline.topics.config.DatasetConfig;
import io.plumbline.topics.config.JobConfig;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.RunRequest;
import io.plumbline.topics.record.Scope;
import io.plumbline.topics.record.Trigger;
import io.plumbline.topics.record.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares a scope of a dataset, segment by segment, and repairs what is proven to have drifted. */
final class DocumentsKind implements EntityKind {

    /** Keys are named in the record, so that there can be fewer of them than a segment has entities. */
    private static final int KEYS_OF_A_RECORD = 2_000;

    private final Map<String, DatasetConfig> datasets;

    DocumentsKind(Map<String, DatasetConfig> datasets) {
        this.datasets = datasets;
    }

    @Override
    public String name() {
        return "documents";
    }

    @Override
    public List<String> problems(Trigger trigger, String name, JobConfig job) {
        String subject = Objects.requireNonNull(job.dataset(), name);
        return ScopeRules.of(trigger, subject, dataset(subject));
    }

    @Override
    public @Nullable Scope asked(Trigger trigger, JobConfig job) {
        if (Boolean.TRUE.equals(trigger.full())) {
            return Scope.full();
        }
        if (trigger.window() != null) {
            return Scope.window(trigger.window());
        }
        String subject = Objects.requireNonNull(job.dataset());
        if (trigger.keys() != null) {
            return Scope.keys(trigger.keys().stream()
                    .map(key -> EntityKey.parse(subject, key))
                    .toList());
        }
        boolean notFull = Boolean.FALSE.equals(trigger.full()) && job.full();
        return notFull ? Scope.window(dataset(subject).window()) : null;
    }

    @Override
    public Scope scope(RunRequest request, JobConfig job) {
        Scope asked = request.scope();
        if (asked != null) {
            return asked;
        }
        if (job.full()) {
            return Scope.full();
        }
        String subject = Objects.requireNonNull(job.dataset());
        return Scope.window(job.window() == null ? dataset(subject).window() : job.window());
    }

    @Override
    public List<Work> begin(RunRequest request, JobConfig job, Instant now) {
        return List.of(new Work.Plan(scope(request, job), null, null));
    }

    @Override
    public List<Work> lookAfresh(List<EntityKey> entities, String subject) {
        List<Work> works = new ArrayList<>();
        int size = Math.min(dataset(subject).segmentSize(), KEYS_OF_A_RECORD);
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
    public boolean vouches() {
        return true;
    }

    private DatasetConfig dataset(String name) {
        return Objects.requireNonNull(datasets.get(name), name);
    }
}
