package io.plumbline.cli;

import io.plumbline.topics.record.Gap;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gaps}: which candles are missing now, or what became of those that were. */
@Command(name = "gaps", description = "Lists the gaps of candles that are open, or those of the last 30 days.")
final class GapsCommand extends ClientCommand {

    @Option(names = "--exchange", paramLabel = "EXCHANGE", description = "Only of this exchange.")
    private @Nullable String exchange;

    @Option(names = "--all", description = "Also those that are closed.")
    private boolean all;

    GapsCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Cluster cluster, Console console) {
        List<Gap> gaps = cluster.latest(cluster.topics().gaps).values().stream()
                .filter(gap -> exchange == null || exchange.equals(gap.series().exchange()))
                .filter(gap -> all || gap.status() == Gap.Status.OPEN)
                .sorted(Comparator.comparing(Gap::foundAt).thenComparing(Gap::key))
                .toList();
        if (json()) {
            gaps.forEach(console::json);
        } else if (gaps.isEmpty()) {
            console.line(all ? "no gap" : "no open gap");
        } else {
            console.line(table(gaps));
        }
        return ExitCodes.COMPLETED;
    }

    private static String table(List<Gap> gaps) {
        Table table = new Table(
                List.of("series", "first", "last", "silence", "status", "slots", "filled", "empty", "missing", "run"),
                Set.of("slots", "filled", "empty", "missing"));
        for (Gap gap : gaps) {
            String status = ReportText.word(gap.status());
            table.row(
                    gap.series().text(),
                    gap.first().toString(),
                    gap.last().toString(),
                    ReportText.word(gap.silence()),
                    gap.reason() == null ? status : status + " (" + gap.reason() + ")",
                    Long.toString(gap.slots()),
                    Long.toString(gap.filled()),
                    Long.toString(gap.verifiedEmpty()),
                    Long.toString(gap.missing()),
                    gap.runId());
        }
        return table.text();
    }
}
