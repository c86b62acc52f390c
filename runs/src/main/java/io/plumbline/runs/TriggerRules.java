package io.plumbline.runs;

import io.plumbline.topics.config.JobConfig;
import io.plumbline.topics.record.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What the options of a trigger must be, together and for its job; all that is wrong is said at once. */
final class TriggerRules {

    private static final int REQUEST_ID_LENGTH = 200;

    private final Jobs jobs;

    TriggerRules(Jobs jobs) {
        this.jobs = jobs;
    }

    /** @param steps the jobs that the trigger's stands for, which are all configured */
    List<String> problems(Trigger trigger, String requestId, List<String> steps) {
        List<String> problems = new ArrayList<>();
        JobConfig job = job(trigger.job());
        JobKind kind = jobs.kind(job);
        checkRequestId(requestId, problems);
        checkCombination(trigger, kind != null && kind.narrowsWindows(), problems);
        if (trigger.scope() != null) {
            problems.add("job '%s' has no narrower scopes: 'scope' cannot be asked for".formatted(trigger.job()));
        }
        if (kind != null) {
            problems.addAll(kind.problems(trigger, trigger.job(), job));
        } else {
            checkSequence(trigger, job, steps, problems);
        }
        return problems;
    }

    private static void checkRequestId(String requestId, List<String> problems) {
        boolean printable = requestId.codePoints().noneMatch(Character::isISOControl);
        if (requestId.isBlank() || requestId.length() > REQUEST_ID_LENGTH || !printable) {
            problems.add("'requestId' must be 1 to %d printable characters".formatted(REQUEST_ID_LENGTH));
        }
    }

    private static void checkCombination(Trigger trigger, boolean narrowsWindows, List<String> problems) {
        long scopes = Stream.of(
                        Boolean.TRUE.equals(trigger.full()) ? "full" : null,
                        trigger.window() == null ? null : "window",
                        trigger.keys() == null ? null : "keys")
                .filter(option -> option != null)
                .count();
        if (scopes > 1 && !narrowsWindows) {
            problems.add("only one of 'full', 'window' and 'keys' can be asked for");
        }
        if (trigger.window() != null
                && (trigger.window().isNegative() || trigger.window().isZero())) {
            problems.add("'window' must be longer than nothing");
        }
        if (trigger.keys() != null && trigger.keys().isEmpty()) {
            problems.add("'keys' must name at least one key");
        }
        if (trigger.approve() != null && trigger.undo() != null) {
            problems.add("only one of 'approve' and 'undo' can be asked for");
        }
        if (trigger.approve() != null || trigger.undo() != null) {
            checkFollowing(trigger, scopes, problems);
        }
    }

    private static void checkFollowing(Trigger trigger, long scopes, List<String> problems) {
        if (scopes > 0) {
            problems.add("'approve' and 'undo' have their entities from the run they name: no scope can be asked for");
        }
        if (Boolean.TRUE.equals(trigger.dryRun())) {
            problems.add("'approve' and 'undo' cannot be dry runs");
        }
    }

    /** A sequence takes a scope that at least one of its steps can have; the others have none. */
    private void checkSequence(Trigger trigger, JobConfig sequence, List<String> steps, List<String> problems) {
        if (trigger.keys() != null || trigger.approve() != null || trigger.undo() != null) {
            problems.add("job '%s' is a sequence: 'keys', 'approve' and 'undo' need one of its steps: %s"
                    .formatted(trigger.job(), sequence.steps()));
            return;
        }
        List<List<String>> ofSteps =
                steps.stream().map(step -> problemsOfStep(trigger, step)).toList();
        if (ofSteps.stream().noneMatch(List::isEmpty)) {
            problems.addAll(ofSteps.getFirst());
        }
    }

    private List<String> problemsOfStep(Trigger trigger, String step) {
        JobConfig job = job(step);
        JobKind kind = Objects.requireNonNull(jobs.kind(job), step);
        return kind.problems(trigger, step, job);
    }

    private JobConfig job(String name) {
        return Objects.requireNonNull(jobs.configured().get(name), name);
    }
}
