package io.plumbline.cli;

import io.plumbline.topics.config.JobConfig;
import io.plumbline.topics.record.Job;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code jobs}: what can be asked for. */
@Command(name = "jobs", description = "Lists the jobs that can be triggered.")
final class JobsCommand extends ClientCommand {

    /** A line of {@code --json}. */
    record Line(String job, JobConfig.Kind kind, @Nullable String dataset, List<String> steps, String description) {}

    JobsCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Cluster cluster, Console console) {
        Map<String, Job> jobs = new TreeMap<>(cluster.latest(cluster.topics().jobs));
        if (json()) {
            jobs.forEach((name, job) ->
                    console.json(new Line(name, job.kind(), job.dataset(), job.steps(), job.description())));
            return ExitCodes.COMPLETED;
        }
        Table table = new Table(List.of("job", "kind", "description"), Set.of());
        jobs.forEach((name, job) -> table.row(name, word(job.kind()), job.description()));
        console.line(table.text());
        return ExitCodes.COMPLETED;
    }

    private static String word(JobConfig.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
