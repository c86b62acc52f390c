package io.plumbline.local.demo;

import io.plumbline.topics.record.Cause;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Holds the reports against what was planted: nothing was left open, and the ledgers add up. */
final class ReportAudit {

    private static final Set<String> NONE = Set.of(
            "unstable",
            "unreadable",
            "skipped",
            "superseded",
            "failed",
            "held",
            "reported",
            "rows-unresolved",
            "still_missing",
            "gaps_failed",
            "gaps_partly_filled",
            "gaps_reported",
            "series_refused",
            "mislabelled");

    private ReportAudit() {}

    /** What is not as it has to be; empty where all is. */
    static List<String> errors(List<Report> reports, List<Planted> planted) {
        List<String> errors = new ArrayList<>();
        long repaired = 0;
        for (Report report : reports) {
            repaired += report.counter("repaired");
            // The continuous run goes on until its hour is over.
            boolean going =
                    report.status() == RunStatus.RUNNING && report.cause().kind() == Cause.Kind.CONTINUOUS;
            if (report.status() != RunStatus.COMPLETED && !going) {
                errors.add(report.runId() + " is " + report.status());
            }
            report.violations().forEach(violation -> errors.add(report.runId() + ": " + violation));
            for (String counter : NONE) {
                if (report.counter(counter) > 0) {
                    errors.add(report.runId() + " has " + report.counter(counter) + " " + counter);
                }
            }
        }
        // One repair counts in each run that waited for it.
        if (repaired < planted.size()) {
            errors.add("the reports tell of " + repaired + " repairs, of " + planted.size() + " drifts");
        }
        return errors;
    }
}
