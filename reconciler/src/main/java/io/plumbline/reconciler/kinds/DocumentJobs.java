package io.plumbline.reconciler.kinds;

import io.plumbline.runs.JobKind;
import io.plumbline.runs.Jobs;
import io.plumbline.runs.RepairRules;
import io.plumbline.runs.RunSettings;
import io.plumbline.runs.RunTopics;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.DatasetConfig;
import io.plumbline.topics.config.DatasetConfig.ExtraPolicy;
import io.plumbline.topics.config.DatasetConfig.RepairPolicy;
import io.plumbline.topics.config.JobConfig;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.RunRequest;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The jobs about datasets, which the reconciler owns; it also answers what is nobody's. */
public final class DocumentJobs implements Jobs {

    private final PlumblineConfig config;
    private final DocumentsKind documents;
    private final UndoKind undo = new UndoKind();
    private final Map<JobConfig.Kind, JobKind> kinds;
    private final Map<String, JobKind> byName;

    public DocumentJobs(PlumblineConfig config) {
        this.config = config;
        documents = new DocumentsKind(config.datasets());
        kinds = Map.of(
                JobConfig.Kind.DOCUMENTS,
                documents,
                JobConfig.Kind.OUTBOX_RETRY,
                new OutboxRetryKind(),
                JobConfig.Kind.CLEAN_UP,
                new CleanUpKind(config.datasets()));
        byName = kinds.values().stream().collect(Collectors.toMap(JobKind::name, Function.identity()));
    }

    /** Where the coordinator of these jobs reads and writes. */
    public static RunTopics topics(Topics topics) {
        return new RunTopics(
                topics,
                topics.runRequests,
                topics.work,
                null,
                topics.workAnswers,
                topics.runEvents,
                topics.runClock,
                topics.caseEvents,
                EntityKey::text);
    }

    @Override
    public Map<String, JobConfig> configured() {
        return config.jobs();
    }

    @Override
    public boolean owns(JobConfig.Kind kind) {
        return kinds.containsKey(kind);
    }

    @Override
    public boolean answersUnknown() {
        return true;
    }

    @Override
    public @Nullable JobKind kind(JobConfig job) {
        return kinds.get(job.kind());
    }

    @Override
    public @Nullable JobKind kind(RunRequest request, JobConfig job) {
        if (request.undo() != null) {
            return undo;
        }
        return request.approve() == null ? kind(job) : documents;
    }

    @Override
    public @Nullable JobKind kind(String name) {
        return name.equals(undo.name()) ? undo : byName.get(name);
    }

    @Override
    public @Nullable RunSettings settings(String subject) {
        DatasetConfig dataset = config.datasets().get(subject);
        if (dataset == null) {
            return null;
        }
        return new RunSettings(
                subject,
                config.groupOf(subject),
                dataset.outstanding(),
                dataset.deadline(),
                dataset.retry(),
                dataset.unavailableAfter(),
                new RepairRules(
                        dataset.repair() == RepairPolicy.AUTO,
                        dataset.extras() == ExtraPolicy.DELETE,
                        dataset.breaker()));
    }

    @Override
    public @Nullable Continuous continuous(String subject) {
        return config.datasets().containsKey(subject) ? new Continuous(documents, continuousJob(subject)) : null;
    }

    /** The job that a continuous run is reported under, so that its held entities can be approved: the dataset's own. */
    private String continuousJob(String dataset) {
        JobConfig own = config.jobs().get(dataset);
        if (own != null && dataset.equals(own.dataset())) {
            return dataset;
        }
        List<String> others = config.jobs().entrySet().stream()
                .filter(job -> dataset.equals(job.getValue().dataset()))
                .map(Map.Entry::getKey)
                .toList();
        return others.stream().min(String::compareTo).orElse(dataset);
    }
}
