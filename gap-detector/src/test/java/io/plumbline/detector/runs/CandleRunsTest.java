package io.plumbline.detector.runs;

import static io.plumbline.detector.runs.CandleRunsUnderTest.START;
import static io.plumbline.detector.runs.CandleRunsUnderTest.gap;
import static io.plumbline.detector.runs.CandleRunsUnderTest.scanOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.plumbline.topics.record.CaseEvent;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.RunIds;
import io.plumbline.topics.record.RunStatus;
import io.plumbline.topics.record.Scope;
import io.plumbline.topics.record.Work;
import io.plumbline.topics.record.WorkCommand;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CandleRunsTest {

    private static final String RUN = RunIds.tick("coinbase-candles", START);
    private static final EntityKey THREE = gap("BTC/EUR", "2026-11-21T21:40:00Z", "2026-11-21T21:42:00Z");
    private static final EntityKey ONE = gap("ETH/EUR", "2026-11-21T21:50:00Z", "2026-11-21T21:50:00Z");

    @TempDir
    Path stateDir;

    private CandleRunsUnderTest runs;

    @BeforeEach
    void open() {
        runs = new CandleRunsUnderTest(stateDir);
    }

    @AfterEach
    void close() {
        runs.close();
    }

    @Test
    void shouldHaveTheTopologyThatWasMeant() throws IOException {
        String described = runs.topology().describe().toString();

        try (InputStream golden = Objects.requireNonNull(getClass().getResourceAsStream("/candle-runs-topology.txt"))) {
            assertThat(described).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void shouldReportALedgerThatAddsUpWhenGapsAreSettled() {
        runs.tick("coinbase-candles", START);
        List<WorkCommand> plans = runs.plans();
        Instant startedAt = runs.report(RUN).startedAt();
        assertThat(plans).extracting(WorkCommand::work).containsExactly(plan(startedAt, 30, 0), plan(startedAt, 30, 1));
        assertThat(plans).extracting(WorkCommand::dataset).containsOnly("coinbase");

        runs.planned(plans.get(0), 2, scanOf("BTC/EUR"));
        runs.planned(plans.get(1), 0, scanOf("ETH/EUR"));
        List<WorkCommand> scans = runs.scans();
        runs.scanned(scans.get(0), 25, 3, THREE);
        runs.scanned(scans.get(1), 29, 1, ONE);
        assertThat(runs.gaps())
                .extracting(event -> event.key, event -> event.value.entity())
                .containsExactly(tuple("coinbase", THREE), tuple("coinbase", ONE));
        runs.event(new RunEvent.Counted(RUN, "coinbase", Map.of("requests_made", 2L), List.of()));
        runs.settled(RUN, THREE, Map.of("gaps_filled", 1L, "candles_filled", 2L, "verified_empty", 1L));
        assertThat(runs.report(RUN).status()).isEqualTo(RunStatus.RUNNING);
        runs.settled(RUN, ONE, Map.of("gaps_verified_empty", 1L, "verified_empty", 1L));

        Report report = runs.report(RUN);
        assertThat(report.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(report.ledgerAddsUp()).isTrue();
        assertThat(report.kind()).isEqualTo("candles");
        assertThat(report.dataset()).isEqualTo("coinbase");
        assertThat(report.scope()).isEqualTo(Scope.window(Duration.ofMinutes(30)));
        assertThat(report.counters())
                .containsEntry("series_scanned", 2L)
                .containsEntry("slots_expected", 60L)
                .containsEntry("slots_present", 54L)
                .containsEntry("slots_missing", 4L)
                .containsEntry("gaps_found", 2L)
                .containsEntry("candles_filled", 2L)
                .containsEntry("verified_empty", 4L)
                .containsEntry("still_missing", 0L)
                .containsEntry("requests_made", 2L);
    }

    @Test
    void shouldCountAGapOnceWhenItIsSettledTwice() {
        suspect(THREE, 3);

        Map<String, Long> counters = Map.of("gaps_partly_filled", 1L, "candles_filled", 2L, "still_missing", 1L);
        runs.settled(RUN, THREE, counters);
        runs.settled(RUN, THREE, counters);

        Report report = runs.report(RUN);
        assertThat(report.status()).isEqualTo(RunStatus.COMPLETED_WITH_FAILURES);
        assertThat(report.ledgerAddsUp()).isTrue();
        assertThat(report.counter("candles_filled")).isEqualTo(2);
    }

    @Test
    void shouldNeedNoDecisionWhenThereAreGaps() {
        suspect(THREE, 3);

        List<KeyValue<String, CaseEvent>> said = runs.gaps();
        runs.pass(Duration.ofSeconds(10));

        assertThat(said)
                .singleElement()
                .satisfies(event -> assertThat(event.value)
                        .isEqualTo(new CaseEvent.Suspected(
                                THREE,
                                RUN,
                                CandleRunsUnderTest.GROUP,
                                null,
                                Objects.requireNonNull(deadline()),
                                false)));
        assertThat(runs.gaps()).isEmpty();
    }

    @Test
    void shouldFailWithALedgerThatAddsUpWhenTheDeadlineComes() {
        runs.tick("coinbase-candles", START);
        List<WorkCommand> plans = runs.plans();
        runs.planned(plans.get(0), 2, scanOf("BTC/EUR"), scanOf("ETH/EUR"));
        List<WorkCommand> scans = runs.scans();
        runs.scanned(scans.get(0), 25, 3, THREE);
        runs.scanned(scans.get(1), 29, 1, ONE);
        runs.settled(RUN, ONE, Map.of("gaps_filled", 1L, "candles_filled", 1L));

        runs.pass(Duration.ofMinutes(5));

        Report report = runs.report(RUN);
        assertThat(report.status()).isEqualTo(RunStatus.FAILED);
        assertThat(report.violations()).isEmpty();
        assertThat(report.counters())
                .containsEntry("gaps_failed", 1L)
                .containsEntry("gaps_filled", 1L)
                .containsEntry("still_missing", 3L);
        assertThat(report.notes()).anySatisfy(note -> assertThat(note).contains("1 of 4 pieces of work"));
    }

    @Test
    void shouldOnlyReportGapsWhenItIsADryRun() {
        runs.trigger("{\"job\": \"coinbase-candles\", \"requestId\": \"r\", \"dryRun\": true}");
        List<WorkCommand> plans = runs.plans();
        runs.planned(plans.get(0), 1, scanOf("BTC/EUR"));
        runs.planned(plans.get(1), 0);
        runs.scanned(runs.scans().getFirst(), 25, 4, THREE, gap("BTC/EUR", at(50), at(50)));

        Report report = runs.report("coinbase-candles.r");
        assertThat(runs.gaps()).isEmpty();
        assertThat(report.status().isFinal()).isTrue();
        assertThat(report.ledgerAddsUp()).isTrue();
        assertThat(report.counters())
                .containsEntry("gaps_found", 2L)
                .containsEntry("gaps_reported", 2L)
                .containsEntry("still_missing", 4L)
                .containsEntry("slots_expected", 30L);
        assertThat(report.notes())
                .contains("gap: BTC/EUR 1m from 2026-11-21T21:40:00Z to 2026-11-21T21:42:00Z, 3 slots");
    }

    @Test
    void shouldWaitWhenTheHourlyScanIsDueAtTheSameInstant() {
        runs.tick("coinbase-candles", START);
        runs.tick("coinbase-candles-hourly", START);
        List<WorkCommand> first = runs.plans();

        first.forEach(plan -> runs.planned(plan, 0));
        runs.pass(Duration.ofMillis(100));

        assertThat(first).extracting(WorkCommand::runId).containsOnly(RUN);
        String hourly = RunIds.tick("coinbase-candles-hourly", START);
        Instant startedAt = runs.report(hourly).startedAt();
        assertThat(runs.plans())
                .allSatisfy(plan -> assertThat(plan.runId()).isEqualTo(hourly))
                .extracting(WorkCommand::work)
                .contains(new Work.PlanCacheScan(
                        startedAt.minus(Duration.ofHours(6)), startedAt, List.of(), true, 0, null));
    }

    @Test
    void shouldBeSkippedWhenAnotherScanGoesOn() {
        runs.tick("coinbase-candles", START);
        Instant later = START.plus(Duration.ofMinutes(5));

        runs.tick("coinbase-candles", later);

        Report skipped = runs.report(RunIds.tick("coinbase-candles", later));
        assertThat(skipped.status()).isEqualTo(RunStatus.SKIPPED);
        assertThat(skipped.notes()).singleElement().asString().contains("run " + RUN);
    }

    private void suspect(EntityKey gap, long missing) {
        runs.tick("coinbase-candles", START);
        List<WorkCommand> plans = runs.plans();
        runs.planned(plans.get(0), 0, scanOf("BTC/EUR"));
        runs.planned(plans.get(1), 0);
        runs.scanned(runs.scans().getFirst(), 30 - missing, missing, gap);
    }

    private Instant deadline() {
        return Objects.requireNonNull(runs.report(RUN).deadline());
    }

    private static Work plan(Instant at, int minutes, int partition) {
        return new Work.PlanCacheScan(at.minus(Duration.ofMinutes(minutes)), at, List.of(), false, partition, null);
    }

    private static String at(int minute) {
        return "2026-11-21T21:%02d:00Z".formatted(minute);
    }
}
