package io.plumbline.runs;

import io.plumbline.topics.config.JobConfig;
import io.plumbline.topics.record.RunRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The jobs of one run coordinator: which of the configured ones it owns, and how their runs go. */
public interface Jobs {

    /** All configured jobs by name, those of other coordinators too. */
    Map<String, JobConfig> configured();

    /** Whether this coordinator runs such a job. It runs a sequence whose first step it owns. */
    boolean owns(JobConfig.Kind kind);

    /** Whether it answers what is nobody's: unreadable triggers, and jobs that are not configured. One coordinator does. */
    boolean answersUnknown();

    /** The kind of the jobs it owns; {@code null} for any other job. */
    @Nullable
    JobKind kind(JobConfig job);

    /** The kind of the run that a request for a job asks for; {@code null} where the job is not owned. */
    @Nullable
    JobKind kind(RunRequest request, JobConfig job);

    /** The kind of a run that goes on, by its name. */
    @Nullable
    JobKind kind(String name);

    /** How the runs about a dataset or exchange go; {@code null} where it is not configured. */
    @Nullable
    RunSettings settings(String subject);

    /** The runs of what the streams find about a subject between its scheduled runs; {@code null} where there are none. */
    @Nullable
    Continuous continuous(String subject);

    /**
     * The continuous runs of a subject.
     *
     * @param job under which they are reported
     */
    record Continuous(JobKind kind, String job) {}
}
