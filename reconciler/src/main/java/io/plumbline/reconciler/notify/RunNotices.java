package io.plumbline.reconciler.notify;

import io.plumbline.topics.config.NotificationsConfig.Severity;
import io.plumbline.topics.record.Report;
import java.util.Optional;

/** What is told of a run's end: that it failed, is held, or left failures. */
final class RunNotices {

    private static final int NOTES = 3;

    private RunNotices() {}

    static Optional<Notice> of(Report report) {
        return switch (report.status()) {
            case FAILED -> Optional.of(notice(Severity.CRITICAL, report, "failed"));
            case HELD ->
                Optional.of(notice(
                        Severity.WARNING,
                        report,
                        "is held: %d entities wait; after a look at its report 'approve %s' lets them go on"
                                .formatted(
                                        report.heldEntities() == null ? 0L : report.heldEntities(), report.runId())));
            case COMPLETED_WITH_FAILURES -> Optional.of(notice(Severity.WARNING, report, "completed with failures"));
            case SKIPPED -> Optional.of(notice(Severity.INFO, report, "was skipped"));
            case RUNNING, COMPLETED -> Optional.empty();
        };
    }

    private static Notice notice(Severity severity, Report report, String what) {
        String subject = report.dataset() == null ? "" : " of " + report.dataset();
        String why = report.notes().isEmpty()
                ? ""
                : " (" + String.join("; ", report.notes().stream().limit(NOTES).toList()) + ")";
        String request = report.cause().requestId() == null
                ? ""
                : " [request " + report.cause().requestId() + "]";
        return new Notice(
                Notice.Kind.RUN,
                severity,
                "Run %s of job %s%s %s%s%s".formatted(report.runId(), report.job(), subject, what, why, request));
    }
}
