package io.plumbline.reconciler.run;

import io.plumbline.topics.config.JobConfig;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.record.Cause;
import io.plumbline.topics.record.RunIds;
import io.plumbline.topics.record.RunRequest;
import io.plumbline.topics.record.Scope;
import io.plumbline.topics.record.Tick;
import io.plumbline.topics.record.Trigger;
import io.plumbline.topics.record.WhenBusy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Resolves ticks and triggers to a request for the run of one job; a sequence to its first step, with the others to
 * follow.
 */
final class RequestResolver {

    private final PlumblineConfig config;
    private final TriggerRules rules;

    RequestResolver(PlumblineConfig config) {
        this.config = config;
        this.rules = new TriggerRules(config);
    }

    Resolution tick(Tick tick) {
        Cause cause = new Cause(Cause.Kind.TICK, tick.schedule(), tick.nominal(), null, null, null);
        List<String> steps = new ArrayList<>();
        String problem = expand(tick.job(), steps);
        if (problem != null) {
            return new Resolution.Refused("schedule '%s': %s".formatted(tick.schedule(), problem));
        }
        String job = steps.getFirst();
        return new Resolution.Accepted(new RunRequest(
                RunIds.tick(job, tick.nominal()),
                group(job),
                job,
                steps.subList(1, steps.size()),
                cause,
                null,
                false,
                WhenBusy.SKIP,
                null,
                null,
                tick.firedAt()));
    }

    /** @param requestId the trigger's, or one made for it */
    Resolution trigger(Trigger trigger, String requestId, Instant at) {
        List<String> steps = new ArrayList<>();
        String problem = expand(trigger.job(), steps);
        if (problem != null) {
            return new Resolution.Refused(problem);
        }
        List<String> problems = rules.problems(trigger, requestId);
        if (!problems.isEmpty()) {
            return new Resolution.Refused(String.join("; ", problems));
        }
        String job = steps.getFirst();
        return new Resolution.Accepted(new RunRequest(
                runId(trigger, job, requestId),
                group(job),
                job,
                steps.subList(1, steps.size()),
                cause(trigger, requestId),
                scope(trigger),
                Boolean.TRUE.equals(trigger.dryRun()),
                trigger.whenBusy() == null ? WhenBusy.QUEUE : trigger.whenBusy(),
                trigger.approve(),
                trigger.undo(),
                at));
    }

    private static Cause cause(Trigger trigger, String requestId) {
        String after = trigger.approve() == null ? trigger.undo() : trigger.approve();
        return new Cause(Cause.Kind.MANUAL, null, null, requestId, trigger.who(), after);
    }

    private static String runId(Trigger trigger, String job, String requestId) {
        if (trigger.approve() != null) {
            return RunIds.approve(job, requestId);
        }
        return trigger.undo() == null ? RunIds.manual(job, requestId) : RunIds.undo(job, requestId);
    }

    /** {@code null} where the trigger leaves it to the job. */
    private @Nullable Scope scope(Trigger trigger) {
        if (Boolean.TRUE.equals(trigger.full())) {
            return Scope.full();
        }
        if (trigger.window() != null) {
            return Scope.window(trigger.window());
        }
        JobConfig job = Objects.requireNonNull(config.jobs().get(trigger.job()));
        if (trigger.keys() != null) {
            return Scope.keys(rules.keys(trigger.keys(), Objects.requireNonNull(job.dataset())));
        }
        String dataset = job.dataset();
        boolean notFull = Boolean.FALSE.equals(trigger.full()) && job.full();
        return notFull && dataset != null ? Scope.window(config.dataset(dataset).window()) : null;
    }

    private String group(String job) {
        return config.groupOf(Objects.requireNonNull(
                Objects.requireNonNull(config.jobs().get(job)).dataset(), job));
    }

    /** Adds the jobs that a job stands for; returns why that is not possible, or {@code null}. */
    private @Nullable String expand(@Nullable String name, List<String> steps) {
        return expand(name, steps, new ArrayList<>());
    }

    private @Nullable String expand(@Nullable String name, List<String> steps, List<String> within) {
        if (name == null || name.isBlank()) {
            return "'job' is required; there are " + names();
        }
        JobConfig job = config.jobs().get(name);
        if (job == null) {
            return "no job '%s' is configured; there are %s".formatted(name, names());
        }
        if (job.kind() != JobConfig.Kind.SEQUENCE) {
            steps.add(name);
            String dataset = job.dataset();
            return dataset != null && config.datasets().containsKey(dataset)
                    ? null
                    : "job '%s' names no configured dataset".formatted(name);
        }
        if (within.contains(name)) {
            return "job '%s' contains itself".formatted(name);
        }
        within.add(name);
        for (String step : job.steps()) {
            String problem = expand(step, steps, within);
            if (problem != null) {
                return problem;
            }
        }
        within.removeLast();
        return steps.isEmpty() ? "job '%s' has no steps".formatted(name) : null;
    }

    private List<String> names() {
        return config.jobs().keySet().stream().sorted().toList();
    }
}
