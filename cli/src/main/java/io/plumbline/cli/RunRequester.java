package io.plumbline.cli;

import io.plumbline.runtime.TopicReader;
import io.plumbline.runtime.TraceHeaders;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.Trace;
import io.plumbline.topics.record.Trigger;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Sends a trigger and, where asked to, waits for its runs to end. */
final class RunRequester {

    private final Cluster cluster;
    private final Console console;
    private final boolean json;

    private final @Nullable String traceparent;

    RunRequester(Cluster cluster, Console console, boolean json) {
        this(cluster, console, json, null);
    }

    private RunRequester(Cluster cluster, Console console, boolean json, @Nullable String traceparent) {
        this.cluster = cluster;
        this.console = console;
        this.json = json;
        this.traceparent = traceparent;
    }

    /** @param context a W3C traceparent; {@code null} for none */
    RunRequester tracedBy(@Nullable String context) {
        return new RunRequester(cluster, console, json, context);
    }

    /** The identity of what was started, as a line of {@code --json}. */
    record Requested(String runId, String job, String requestId) {}

    /** Returns the exit status. */
    int request(Trigger trigger, ExpectedRuns expected, WaitOptions waiting) {
        // Followed from before the trigger is sent, so that no report is missed.
        try (TopicReader<Report> reports = cluster.follow(cluster.topics().reconciliationReport)) {
            Headers headers = TraceHeaders.of(new Trace(trigger.requestId(), traceparent, null));
            cluster.send(cluster.topics().manualTrigger, trigger.job(), trigger, headers);
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
