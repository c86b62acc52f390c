package io.plumbline.detector.runs;

import static io.plumbline.detector.runs.CandleRunsUnderTest.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.RunIds;
import io.plumbline.topics.record.RunStatus;
import io.plumbline.topics.record.Scope;
import io.plumbline.topics.record.Work;
import io.plumbline.topics.record.WorkCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CandleRequestsTest {

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

    @ParameterizedTest
    @CsvSource({"BTC/EUR/1m,BTC/EUR,1m", "BTC%2fEUR/1m,BTC/EUR,1m", "BTC-EUR,BTC-EUR,", "BTC/EUR,BTC/EUR,"})
    void shouldScanOneSeriesOrASymbolWhenKeysAreAskedFor(String asked, String symbol, String timeframe) {
        runs.trigger("{\"job\": \"coinbase-candles\", \"requestId\": \"r\", \"window\": \"2h\", \"keys\": [\"%s\"]}"
                .formatted(asked));

        Report report = runs.report("coinbase-candles.r");
        List<String> parts = timeframe == null ? List.of(symbol) : List.of(symbol, timeframe);
        List<EntityKey> keys = List.of(new EntityKey("coinbase", parts));
        assertThat(report.scope()).isEqualTo(new Scope(Scope.Kind.WINDOW, Duration.ofHours(2), keys, null));
        Instant at = report.startedAt();
        assertThat(runs.plans())
                .hasSize(2)
                .extracting(WorkCommand::work)
                .contains(new Work.PlanCacheScan(
                        at.minus(Duration.ofHours(2)), at, List.of(String.join("/", parts)), false, 1, null));
    }

    @Test
    void shouldKeepTheJobsWindowWhenOnlyKeysAreAskedFor() {
        runs.trigger("{\"job\": \"coinbase-candles-hourly\", \"requestId\": \"r\", \"keys\": [\"BTC-EUR\"]}");

        Scope scope = runs.report("coinbase-candles-hourly.r").scope();
        assertThat(scope).isNotNull().extracting(Scope::window).isEqualTo(Duration.ofHours(6));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'full': true | 'full' cannot be asked for",
                "'approve': 'x' | 'approve' and 'undo' cannot be asked for",
                "'undo': 'x' | 'approve' and 'undo' cannot be asked for",
                "'keys': ['BTC:EUR'] | key 'BTC:EUR' names no series",
                "'keys': [] | 'keys' must name at least one key",
                "'window': '0s' | 'window' must be longer than nothing",
                "'scope': 'account' | 'scope' cannot be asked for",
            })
    void shouldRefuseWhenACandlesJobCannotDoWhatIsAskedFor(String option, String reason) {
        runs.trigger("{'job': 'coinbase-candles', 'requestId': 'r', %s}"
                .formatted(option)
                .replace('\'', '"'));

        Report report = runs.report("coinbase-candles.r");
        assertThat(report.status()).isEqualTo(RunStatus.FAILED);
        assertThat(report.notes()).singleElement().asString().contains(reason);
        assertThat(runs.deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.app()).isEqualTo("plumbline-candle-runs"));
        assertThat(runs.plans()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"job\": \"nothing\", \"requestId\": \"r\"}",
                "{\"job\": \"mails\", \"requestId\": \"r\"}",
                "{\"job\": \"mails-hourly\", \"requestId\": \"r\", \"window\": \"0s\"}",
                "{\"requestId\": \"r\"}",
                "no trigger",
            })
    void shouldLeaveItToTheReconcilerWhenATriggerIsNotOfACandlesJob(String trigger) {
        runs.trigger(trigger);

        assertThat(runs.reports()).isEmpty();
        assertThat(runs.deadLetters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "mails", "mails-hourly"})
    void shouldLeaveItToTheReconcilerWhenATickIsNotOfACandlesJob(String job) {
        runs.tick(job, START);

        assertThat(runs.reports()).isEmpty();
        assertThat(runs.deadLetters()).isEmpty();
    }

    @Test
    void shouldRunOneStepAfterTheOtherWhenASequenceOfScansIsAskedFor() {
        runs.trigger("{\"job\": \"both\", \"requestId\": \"r\", \"window\": \"1h\"}");

        runs.plans().forEach(plan -> runs.planned(plan, 0));
        runs.pass(Duration.ofMillis(100));

        assertThat(runs.report("coinbase-candles.r").status()).isEqualTo(RunStatus.COMPLETED);
        String second = RunIds.after("coinbase-candles-hourly", "coinbase-candles.r");
        assertThat(runs.report(second).scope()).isEqualTo(Scope.window(Duration.ofHours(1)));
        assertThat(runs.plans()).extracting(WorkCommand::runId).containsOnly(second);
    }

    @Test
    void shouldRefuseWhenNoStepOfASequenceCanDoWhatIsAskedFor() {
        runs.trigger("{\"job\": \"both\", \"requestId\": \"r\", \"full\": true}");

        assertThat(runs.report("both.r").notes())
                .singleElement()
                .asString()
                .contains("job 'coinbase-candles' scans a window of the cache: 'full' cannot be asked for");
        assertThat(runs.plans()).isEmpty();
    }

    @Test
    void shouldCountWhatIsSettledBetweenScansInTheRunOfItsHour() {
        String run = RunIds.continuous("coinbase", START);
        EntityKey gap = EntityKey.of("coinbase", "BTC-EUR", "1m", START.toString(), START.toString());

        runs.settled(
                run,
                gap,
                Map.of(
                        "gaps_found",
                        1L,
                        "gaps_filled",
                        1L,
                        "slots_expected",
                        1L,
                        "slots_missing",
                        1L,
                        "candles_filled",
                        1L));
        runs.event(new RunEvent.Counted(run, "coinbase", Map.of("requests_made", 1L), List.of()));
        runs.pass(Duration.ofMinutes(62));

        Report report = runs.report(run);
        assertThat(report.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(report.ledgerAddsUp()).isTrue();
        assertThat(report.group()).isEqualTo("exchange:coinbase");
        assertThat(report.job()).isEqualTo("coinbase-candles");
        assertThat(report.counters()).containsEntry("candles_filled", 1L).containsEntry("requests_made", 1L);
    }

    @Test
    void shouldIgnoreWhatIsSaidAboutAnExchangeThatIsNotConfigured() {
        runs.event(new RunEvent.Counted(
                RunIds.continuous("kraken", START), "kraken", Map.of("requests_made", 1L), List.of()));

        assertThat(runs.reports()).isEmpty();
    }
}
