package io.plumbline.cli;

import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.Trigger;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Starts a run about what an earlier run did. Its job is the earlier run's. */
abstract class FollowUpCommand extends ClientCommand {

    @Parameters(paramLabel = "RUN", description = "The earlier run; 'reports' lists the runs.")
    private String run = "";

    @Mixin
    private final WaitOptions waiting = new WaitOptions();

    FollowUpCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    final int run(Cluster cluster, Console console) {
        Report report = cluster.latest(cluster.topics().reconciliationReport).get(run);
        if (report == null) {
            throw new CliException(
                    ExitCodes.USAGE, "there is no report of run '%s'; 'reports' lists the runs".formatted(run));
        }
        check(report);
        String requestId = waiting.requestId();
        ExpectedRuns expected = ExpectedRuns.of(runId(report.job(), requestId), report.job(), requestId);
        return new RunRequester(cluster, console, json()).request(trigger(report, requestId), expected, waiting);
    }

    /** Throws {@link CliException} where the run has nothing to be followed up. */
    abstract void check(Report report);

    abstract String runId(String job, String requestId);

    abstract Trigger trigger(Report report, String requestId);
}
