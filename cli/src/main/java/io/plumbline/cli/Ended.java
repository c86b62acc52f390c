package io.plumbline.cli;

import io.plumbline.topics.record.Report;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which of the expected runs have ended, with their final reports. A refused request ends at once. */
final class Ended {

    private final ExpectedRuns expected;
    private final Map<String, Report> reports = new LinkedHashMap<>();

    Ended(ExpectedRuns expected) {
        this.expected = expected;
    }

    boolean concerns(Report report) {
        return expected.runIds().contains(report.runId()) || expected.refused().equals(report.runId());
    }

    void note(Report report) {
        if (report.status().isFinal()) {
            reports.put(report.runId(), report);
        }
    }

    boolean all() {
        boolean refused = !expected.runIds().contains(expected.refused()) && reports.containsKey(expected.refused());
        return refused || reports.keySet().containsAll(expected.runIds());
    }

    List<Report> reports() {
        return List.copyOf(reports.values());
    }
}
