package io.plumbline.runs;

import io.plumbline.topics.config.JobConfig;
import io.plumbline.topics.record.Cause;
import io.plumbline.topics.record.RunIds;
import io.plumbline.topics.record.RunRequest;
import io.plumbline.topics.record.WhenBusy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The next step of a sequence, asked for when the run before it has ended, however it ended. */
final class Sequence {

    private final Jobs jobs;

    Sequence(Jobs jobs) {
        this.jobs = jobs;
    }

    @Nullable
    RunRequest next(RunRequest ended, Instant now) {
        if (ended.remaining().isEmpty()) {
            return null;
        }
        String job = ended.remaining().getFirst();
        List<String> remaining = ended.remaining().subList(1, ended.remaining().size());
        Cause cause = new Cause(
                Cause.Kind.AFTER,
                ended.cause().schedule(),
                ended.cause().nominal(),
                ended.cause().requestId(),
                null,
                ended.runId(),
                ended.cause().traceparent(),
                ended.cause().tracestate());
        return new RunRequest(
                RunIds.after(job, ended.runId()),
                group(job, ended.group()),
                job,
                remaining,
                cause,
                ended.scope(),
                ended.dryRun(),
                WhenBusy.QUEUE,
                null,
                null,
                now);
    }

    private String group(String name, String otherwise) {
        JobConfig job = jobs.configured().get(name);
        String subject = job == null ? null : job.subject();
        RunSettings settings = subject == null ? null : jobs.settings(subject);
        return settings == null ? otherwise : settings.group();
    }
}
