package io.plumbline.cli;

import io.plumbline.topics.config.JobConfig;
import io.plumbline.topics.record.Job;
import io.plumbline.topics.record.RunIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The ids of the runs that a request leads to, one after the other.
 *
 * @param refused the id under which a refusal of the request is reported
 */
record ExpectedRuns(List<String> runIds, String refused) {

    static ExpectedRuns of(String runId, String job, String requestId) {
        return new ExpectedRuns(List.of(runId), RunIds.manual(job, requestId));
    }

    /** Of a trigger: a sequence's steps follow one another. */
    static ExpectedRuns ofTrigger(String job, List<String> steps, String requestId) {
        List<String> ids = new ArrayList<>();
        for (String step : steps) {
            ids.add(ids.isEmpty() ? RunIds.manual(step, requestId) : RunIds.after(step, ids.getLast()));
        }
        return new ExpectedRuns(List.copyOf(ids), RunIds.manual(job, requestId));
    }

    /** The jobs that a job stands for; itself, where it is no sequence. */
    static List<String> steps(String job, Map<String, Job> jobs) {
        Job known = jobs.get(job);
        if (known == null || known.kind() != JobConfig.Kind.SEQUENCE) {
            return List.of(job);
        }
        return known.steps().stream()
                .flatMap(step -> steps(step, jobs).stream())
                .toList();
    }
}
