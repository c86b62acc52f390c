package io.plumbline.cli;

import io.plumbline.runtime.config.DurationText;
import io.plumbline.topics.record.Drift;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code drifts}: what is proven to differ now. */
@Command(name = "drifts", description = "Lists the open, proven drifts.")
final class DriftsCommand extends ClientCommand {

    @Option(names = "--dataset", paramLabel = "DATASET", description = "Only of this dataset.")
    private @Nullable String dataset;

    DriftsCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Cluster cluster, Console console) {
        List<Drift> drifts = cluster.latest(cluster.topics().drifts).values().stream()
                .filter(drift ->
                        dataset == null || dataset.equals(drift.entity().dataset()))
                .sorted(Comparator.comparing(Drift::firstSeen)
                        .thenComparing(drift -> drift.entity().text()))
                .toList();
        if (json()) {
            drifts.forEach(console::json);
        } else if (drifts.isEmpty()) {
            console.line("no open drift");
        } else {
            console.line(table(drifts, console.clock().instant()));
        }
        return ExitCodes.COMPLETED;
    }

    private static String table(List<Drift> drifts, Instant now) {
        Table table = new Table(List.of("entity", "drift", "state", "age", "differences"), Set.of("age"));
        for (Drift drift : drifts) {
            table.row(
                    drift.entity().text(),
                    ReportText.word(drift.drift()),
                    drift.reason() == null ? drift.state() : drift.state() + " (" + drift.reason() + ")",
                    age(drift, now),
                    drift.differences().stream().map(ReportText::difference).collect(Collectors.joining("; ")));
        }
        return table.text();
    }

    private static String age(Drift drift, Instant now) {
        Duration age = Duration.between(drift.firstSeen(), now).truncatedTo(ChronoUnit.SECONDS);
        return DurationText.of(age.isNegative() ? Duration.ZERO : age);
    }
}
