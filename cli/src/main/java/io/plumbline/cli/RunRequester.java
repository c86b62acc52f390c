package io.plumbline.cli;

import io.plumbline.runtime.TopicReader;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.Trigger;

/** Sends a trigger and, where asked to, waits for its runs to end. */
final class RunRequester {

    private final Cluster cluster;
    private final Console console;
    private final boolean json;

    RunRequester(Cluster cluster, Console console, boolean json) {
        this.cluster = cluster;
        this.console = console;
        this.json = json;
    }

    /** The identity of what was started, as a line of {@code --json}. */
    record Requested(String runId, String job, String requestId) {}

    /** Returns the exit status. */
    int request(Trigger trigger, ExpectedRuns expected, WaitOptions waiting) {
        // Followed from before the trigger is sent, so that no report is missed.
        try (TopicReader<Report> reports = cluster.follow(cluster.topics().reconciliationReport)) {
            cluster.send(cluster.topics().manualTrigger, trigger.job(), trigger);
            if (!waiting.isWaiting()) {
                announce(trigger, expected);
                return ExitCodes.COMPLETED;
            }
            return new RunWatch(cluster, console, json).untilEnded(reports, expected, waiting.timeout());
        }
    }

    private void announce(Trigger trigger, ExpectedRuns expected) {
        String runId = expected.runIds().getFirst();
        if (json) {
            console.json(new Requested(runId, trigger.job(), String.valueOf(trigger.requestId())));
        } else {
            console.line("requested run " + runId + "; 'reports --run " + runId + "' shows how it stands");
        }
    }
}
