package io.plumbline.cli;

import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunIds;
import io.plumbline.topics.record.Trigger;
import picocli.CommandLine.Command;

/** {@code undo RUN}: takes a run's repairs back. */
@Command(
        name = "undo",
        description = "Takes a run's repairs back where the target still is as they left it. These entities are then"
                + " left alone until their source changes, or the undo run is approved.")
final class UndoCommand extends FollowUpCommand {

    UndoCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    void check(Report report) {
        if (report.counter("repaired") == 0) {
            throw new CliException(
                    ExitCodes.USAGE,
                    "run '%s' is %s and repaired nothing that could be undone"
                            .formatted(report.runId(), ReportText.word(report.status())));
        }
    }

    @Override
    String runId(String job, String requestId) {
        return RunIds.undo(job, requestId);
    }

    @Override
    Trigger trigger(Report report, String requestId) {
        return new Trigger(
                report.job(), null, null, null, null, null, Names.whoAmI(), requestId, null, null, report.runId());
    }
}
