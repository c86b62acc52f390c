package io.plumbline.runs;

import io.plumbline.topics.config.JobConfig;
import io.plumbline.topics.record.Cause;
import io.plumbline.topics.record.RunIds;
import io.plumbline.topics.record.RunRequest;
import io.plumbline.topics.record.Scope;
import io.plumbline.topics.record.Tick;
import io.plumbline.topics.record.Trace;
import io.plumbline.topics.record.Trigger;
import io.plumbline.topics.record.WhenBusy;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Resolves ticks and triggers to a request for the run of one job; a sequence to its first step, with the others to
 * follow. All coordinators read the same ticks and triggers: the owner of the first step answers, and of what stands for
 * no step the one that answers the unknown.
 */
final class RequestResolver {

    private final Jobs jobs;
    private final TriggerRules rules;

    RequestResolver(Jobs jobs) {
        this.jobs = jobs;
        this.rules = new TriggerRules(jobs);
    }

    Resolution tick(Tick tick) {
        JobSteps steps = JobSteps.of(tick.job(), jobs.configured());
        if (isOfOthers(steps)) {
            return new Resolution.OfOthers();
        }
        String problem = problem(steps);
        if (problem != null) {
            return new Resolution.Refused("schedule '%s': %s".formatted(tick.schedule(), problem));
        }
        String job = steps.names().getFirst();
        return new Resolution.Accepted(new RunRequest(
                RunIds.tick(job, tick.nominal()),
                group(job),
                job,
                following(steps),
                new Cause(Cause.Kind.TICK, tick.schedule(), tick.nominal(), null, null, null),
                null,
                false,
                WhenBusy.SKIP,
                null,
                null,
                tick.firedAt()));
    }

    /** @param trace whose request id is the trigger's, or one made for it */
    Resolution trigger(Trigger trigger, Trace trace, Instant at) {
        String requestId = Objects.requireNonNull(trace.requestId(), "a request has an id");
        JobSteps steps = JobSteps.of(trigger.job(), jobs.configured());
        if (isOfOthers(steps)) {
            return new Resolution.OfOthers();
        }
        String problem = problem(steps);
        if (problem != null) {
            return new Resolution.Refused(problem);
        }
        List<String> problems = rules.problems(trigger, requestId, steps.names());
        if (!problems.isEmpty()) {
            return new Resolution.Refused(String.join("; ", problems));
        }
        String job = steps.names().getFirst();
        return new Resolution.Accepted(new RunRequest(
                runId(trigger, job, requestId),
                group(job),
                job,
                following(steps),
                cause(trigger, trace),
                scope(trigger),
                Boolean.TRUE.equals(trigger.dryRun()),
                trigger.whenBusy() == null ? WhenBusy.QUEUE : trigger.whenBusy(),
                trigger.approve(),
                trigger.undo(),
                at));
    }

    private boolean isOfOthers(JobSteps steps) {
        return steps.names().isEmpty()
                ? !jobs.answersUnknown()
                : !jobs.owns(job(steps.names().getFirst()).kind());
    }

    private @Nullable String problem(JobSteps steps) {
        if (steps.problem() != null) {
            return steps.problem();
        }
        return steps.names().stream()
                .filter(name -> settings(name) == null)
                .findFirst()
                .map("job '%s' names no configured dataset or exchange"::formatted)
                .orElse(null);
    }

    private static List<String> following(JobSteps steps) {
        return steps.names().subList(1, steps.names().size());
    }

    private static Cause cause(Trigger trigger, Trace trace) {
        String after = trigger.approve() == null ? trigger.undo() : trigger.approve();
        return new Cause(
                Cause.Kind.MANUAL,
                null,
                null,
                trace.requestId(),
                trigger.who(),
                after,
                trace.traceparent(),
                trace.tracestate());
    }

    private static String runId(Trigger trigger, String job, String requestId) {
        if (trigger.approve() != null) {
            return RunIds.approve(job, requestId);
        }
        return trigger.undo() == null ? RunIds.manual(job, requestId) : RunIds.undo(job, requestId);
    }

    /** {@code null} where the trigger leaves it to the job. */
    private @Nullable Scope scope(Trigger trigger) {
        JobConfig job = job(trigger.job());
        JobKind kind = jobs.kind(job);
        if (kind != null) {
            return kind.asked(trigger, job);
        }
        if (Boolean.TRUE.equals(trigger.full())) {
            return Scope.full();
        }
        return trigger.window() == null ? null : Scope.window(trigger.window());
    }

    private String group(String job) {
        return Objects.requireNonNull(settings(job), job).group();
    }

    private @Nullable RunSettings settings(String name) {
        String subject = job(name).subject();
        return subject == null ? null : jobs.settings(subject);
    }

    private JobConfig job(String name) {
        return Objects.requireNonNull(jobs.configured().get(name), name);
    }
}
