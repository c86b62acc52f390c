package io.plumbline.runs;

import io.plumbline.topics.config.JobConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that a job stands for: itself, or all steps of a sequence, in their order.
 *
 * @param problem why it stands for none that could be run; {@code null} where it does
 */
record JobSteps(List<String> names, @Nullable String problem) {

    static JobSteps of(@Nullable String job, Map<String, JobConfig> jobs) {
        List<String> names = new ArrayList<>();
        String problem = expand(job, jobs, names, new ArrayList<>());
        return new JobSteps(List.copyOf(names), problem);
    }

    private static @Nullable String expand(
            @Nullable String name, Map<String, JobConfig> jobs, List<String> steps, List<String> within) {
        if (name == null || name.isBlank()) {
            return "'job' is required; there are " + sorted(jobs);
        }
        JobConfig job = jobs.get(name);
        if (job == null) {
            return "no job '%s' is configured; there are %s".formatted(name, sorted(jobs));
        }
        if (job.kind() != JobConfig.Kind.SEQUENCE) {
            steps.add(name);
            return null;
        }
        if (within.contains(name)) {
            return "job '%s' contains itself".formatted(name);
        }
        within.add(name);
        for (String step : job.steps()) {
            String problem = expand(step, jobs, steps, within);
            if (problem != null) {
                return problem;
            }
        }
        within.removeLast();
        return steps.isEmpty() ? "job '%s' has no steps".formatted(name) : null;
    }

    private static List<String> sorted(Map<String, JobConfig> jobs) {
        return jobs.keySet().stream().sorted().toList();
    }
}
