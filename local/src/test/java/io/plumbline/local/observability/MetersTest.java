package io.plumbline.local.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.detector.DetectorMeters;
import io.plumbline.detector.scan.ScanMeters;
import io.plumbline.reconciler.ReconcilerMeters;
import io.plumbline.reconciler.feed.FeedMeters;
import io.plumbline.reconciler.notify.NotificationMeters;
import io.plumbline.repairer.RepairerMeters;
import io.plumbline.runs.RunMetrics;
import io.plumbline.runtime.WorkerMeters;
import io.plumbline.ticker.TickerMeters;
import io.plumbline.topics.record.BackfillAnswer;
import io.plumbline.topics.record.Gap;
import io.plumbline.topics.record.RunStatus;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.Work;
import io.plumbline.topics.record.WorkCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The table of meters against those that the code makes, and what alerts and dashboards show against the table. Run it
 * with {@code -Dplumbline.golden=write} to write the table anew.
 */
class MetersTest {

    private static final Path DOCUMENT = Path.of("../docs/metrics.md");
    private static final String HEAD = "| --- | --- | --- | --- | --- | --- |\n";
    private static final Path COMPOSE = Path.of("../compose");
    private static final Pattern SHOWN = Pattern.compile("plumbline_[a-z_]+");

    private static final SeriesKey SERIES = new SeriesKey("exchange", "BTC/EUR", "1m");
    private static final WorkCommand WORK =
            new WorkCommand("run", "group", "job", "dataset", 1, 1, Instant.EPOCH, new Work.CompareRange(null, null));
    private static final BackfillAnswer FILLED = new BackfillAnswer(
            "request",
            SERIES,
            BackfillAnswer.Status.DONE,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            true,
            true,
            null,
            null);
    private static final Gap GAP = new Gap(
            "run",
            SERIES,
            Instant.EPOCH,
            Instant.EPOCH,
            Gap.Silence.QUIET,
            Gap.Status.FILLED,
            Instant.EPOCH,
            null,
            1,
            1,
            0,
            0,
            0,
            null);

    @Test
    void shouldDocumentEveryMeterAndNoOtherWhenTheTableIsRead() throws IOException {
        List<String> measured = measured();
        if ("write".equals(System.getProperty("plumbline.golden"))) {
            String introduction = Files.readString(DOCUMENT).split(Pattern.quote(HEAD), 2)[0];
            Files.writeString(DOCUMENT, introduction + HEAD + String.join("\n", measured) + "\n");
        }

        assertThat(documented()).containsExactlyElementsOf(measured);
    }

    @Test
    void shouldShowOnlyWhatIsDocumentedWhenAlertsAndDashboardsAreRead() throws IOException {
        Set<String> known =
                documented().stream().flatMap(MeterTable::series).collect(Collectors.toCollection(TreeSet::new));

        Set<String> shown = shown();

        assertThat(shown).hasSizeGreaterThan(20);
        assertThat(known).containsAll(shown);
    }

    private static List<String> measured() {
        return MeterTable.of(Map.of(
                "ticker", meters(WorkerMeters::ofDeadLetters, TickerMeters::in),
                "reconciler",
                        meters(
                                WorkerMeters::ofDeadLetters,
                                WorkerMeters::ofWorkers,
                                MetersTest::runs,
                                registry -> ReconcilerMeters.in(registry, WORK),
                                NotificationMeters::in),
                "outbox-feed", meters(WorkerMeters::ofDeadLetters, FeedMeters::in),
                "repairer",
                        meters(
                                WorkerMeters::ofDeadLetters,
                                WorkerMeters::ofWorkers,
                                registry -> RepairerMeters.in(registry, FILLED)),
                "gap-detector",
                        meters(
                                WorkerMeters::ofDeadLetters,
                                WorkerMeters::ofWorkers,
                                MetersTest::runs,
                                registry -> DetectorMeters.in(registry, GAP),
                                registry -> ScanMeters.in(registry, WORK))));
    }

    private static void runs(MeterRegistry registry) {
        new RunMetrics(registry)
                .ended("dataset", "documents", RunStatus.COMPLETED, Duration.ZERO, Map.of("checked", 1L));
    }

    @SafeVarargs
    private static List<Meter.Id> meters(Consumer<MeterRegistry>... makers) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        for (Consumer<MeterRegistry> maker : makers) {
            maker.accept(registry);
        }
        return registry.getMeters().stream().map(Meter::getId).toList();
    }

    private static List<String> documented() throws IOException {
        return Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| `plumbline_"))
                .toList();
    }

    private static Set<String> shown() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> dashboards = Files.list(COMPOSE.resolve("grafana/dashboards"))) {
            List<Path> files = new ArrayList<>(dashboards.toList());
            files.add(COMPOSE.resolve("prometheus/alerts.yml"));
            for (Path file : files) {
                SHOWN.matcher(Files.readString(file))
                        .results()
                        .map(MatchResult::group)
                        .forEach(names::add);
            }
        }
        return names;
    }
}
