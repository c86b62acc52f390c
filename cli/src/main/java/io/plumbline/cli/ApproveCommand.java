package io.plumbline.cli;

import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunIds;
import io.plumbline.topics.record.RunStatus;
import io.plumbline.topics.record.Trigger;
import picocli.CommandLine.Command;

/** {@code approve RUN}: repairs what a run held. */
@Command(
        name = "approve",
        description = "Looks afresh at what a run held (or an undo parked) and repairs what still differs.")
final class ApproveCommand extends FollowUpCommand {

    private static final String UNDO = "undo";

    ApproveCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    void check(Report report) {
        Long held = report.heldEntities();
        boolean holds = (held != null && held > 0) || report.counter("held") > 0;
        if (!holds && report.status() != RunStatus.HELD && !report.kind().equals(UNDO)) {
            throw new CliException(
                    ExitCodes.USAGE,
                    "run '%s' is %s and holds nothing that could be approved"
                            .formatted(report.runId(), ReportText.word(report.status())));
        }
    }

    @Override
    String runId(String job, String requestId) {
        return RunIds.approve(job, requestId);
    }

    @Override
    Trigger trigger(Report report, String requestId) {
        return new Trigger(
                report.job(), null, null, null, null, null, Names.whoAmI(), requestId, null, report.runId(), null);
    }
}
