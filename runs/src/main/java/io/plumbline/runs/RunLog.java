package io.plumbline.runs;

import io.plumbline.topics.log.LogFields;
import io.plumbline.topics.record.RunStatus;
import io.plumbline.topics.record.Trace;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What operators read of runs in the log: that one began and how it ended, once each. A record that is processed again
 * is logged again.
 */
final class RunLog {

    private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);

    private RunLog() {}

    static void began(Run run) {
        try (LogFields.Traced traced = LogFields.traced(Trace.of(run.request().cause()))) {
            LogFields.ofRun(LOG.atInfo(), run.id(), run.subject())
                    .log("run {} of job {} begins", run.id(), run.request().job());
        }
    }

    static void ended(Run run, RunStatus status, Duration took) {
        try (LogFields.Traced traced = LogFields.traced(Trace.of(run.request().cause()))) {
            LogFields.ofRun(LOG.atInfo(), run.id(), run.subject())
                    .log(
                            "run {} of job {} ended after {}: {}",
                            run.id(),
                            run.request().job(),
                            took,
                            status);
        }
    }

    /** A request became no run. */
    static void refused(NoRun no, RunStatus status) {
        try (LogFields.Traced traced = LogFields.traced(Trace.of(no.cause()))) {
            LogFields.ofRun(LOG.atInfo(), no.runId(), no.subject())
                    .log("run {} is {}: {}", no.runId(), status, no.reason());
        }
    }
}
