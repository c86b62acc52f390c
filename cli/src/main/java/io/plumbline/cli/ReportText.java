package io.plumbline.cli;

import io.plumbline.runtime.config.DurationText;
import io.plumbline.topics.record.FieldDifference;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunStatus;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A report as text for people. */
final class ReportText {

    private final StringBuilder text = new StringBuilder();

    private ReportText() {}

    static String of(Report report) {
        ReportText text = new ReportText();
        text.head(report);
        text.ledger(report);
        text.details(report);
        return text.text.toString().stripTrailing();
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String took(Report report) {
        Duration took =
                Duration.between(report.startedAt(), report.endedAt() == null ? report.updatedAt() : report.endedAt());
        return DurationText.of(took.isNegative() ? Duration.ZERO : took.truncatedTo(ChronoUnit.MILLIS));
    }

    private void head(Report report) {
        line("run %s: %s%s, %s"
                .formatted(report.runId(), word(report.status()), report.dryRun() ? " (dry run)" : "", took(report)));
        if (report.status() == RunStatus.HELD) {
            line("  held for an approval: 'approve " + report.runId()
                    + "' looks at the entities afresh and repairs them");
        }
    }

    private void ledger(Report report) {
        String counters = report.counters().entrySet().stream()
                .filter(counter -> counter.getValue() != 0)
                .map(counter -> counter.getKey() + " " + counter.getValue())
                .collect(Collectors.joining(", "));
        line("  " + (counters.isEmpty() ? "nothing was counted" : counters));
        if (Boolean.FALSE.equals(report.ledgerAddsUp())) {
            report.violations().forEach(violation -> line("  the ledger does not add up: " + violation));
        }
    }

    private void details(Report report) {
        if (report.vouchesUpTo() != null && report.status().isFinal()) {
            line("  vouches up to source position " + report.vouchesUpTo());
        }
        report.notes().forEach(note -> line("  note: " + note));
        for (Map.Entry<String, Map<String, Long>> field :
                report.fieldDifferences().entrySet()) {
            line("  field %s differs: %s".formatted(field.getKey(), field.getValue()));
        }
        for (Report.Sample sample : report.samples()) {
            String repair = sample.repair() == null ? "" : ", " + word(sample.repair());
            String reason = sample.reason() == null ? "" : " (" + sample.reason() + ")";
            line("  %s: %s%s%s".formatted(sample.entity(), word(sample.verdict()), repair, reason));
            sample.differences().forEach(difference -> line("    " + difference(difference)));
        }
        report.unreadable().forEach(entry -> line("  unreadable: %s: %s".formatted(entry.key(), entry.reason())));
    }

    static String difference(FieldDifference difference) {
        return "%s: source %s, target %s".formatted(difference.field(), difference.source(), difference.target());
    }

    private void line(String line) {
        text.append(line).append(System.lineSeparator());
    }
}
