package io.plumbline.runs;

import io.plumbline.topics.record.Cause;
import io.plumbline.topics.record.RunRequest;
import io.plumbline.topics.record.Scope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A request that became no run, and why: refused, or skipped because its group was busy. */
record NoRun(
        String runId,
        String job,
        String kind,
        @Nullable String subject,
        @Nullable String group,
        Cause cause,
        @Nullable Scope scope,
        boolean dryRun,
        Instant at,
        String reason) {

    static final String NO_KIND = "unknown";

    static NoRun of(RunRequest request, String kind, @Nullable String subject, Instant at, String reason) {
        return new NoRun(
                request.runId(),
                request.job(),
                kind,
                subject,
                request.group(),
                request.cause(),
                request.scope(),
                request.dryRun(),
                at,
                reason);
    }

    /** A trigger that was refused; the job is as it was asked for, where that could be read. */
    static NoRun of(@Nullable String job, String runId, Cause cause, Instant at, String reason) {
        return new NoRun(runId, job == null ? NO_KIND : job, NO_KIND, null, null, cause, null, false, at, reason);
    }
}
