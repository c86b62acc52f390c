package io.plumbline.detector;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.record.AnswerStatus;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Timeframe;
import io.plumbline.topics.record.Work;
import io.plumbline.topics.record.Work.ExpectedSlots;
import io.plumbline.topics.record.Work.PlanCacheScan;
import io.plumbline.topics.record.WorkAnswer;
import io.plumbline.topics.record.WorkCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a scan of the cache is told to expect of the series of a task. */
class CacheScanPlanTest {

    private static final Instant START = Instant.parse("2026-11-21T22:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long SLOT = Timeframe.parse("1m").slotOf(START.toEpochMilli());

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path stateDir;

    @SuppressWarnings("NullAway.Init") // set before each test
    private DetectorUnderTest detector;

    private Instant from = START;
    private Instant to = START.plus(Duration.ofHours(1));

    @BeforeEach
    void start() {
        detector = new DetectorUnderTest(stateDir, START);
    }

    @AfterEach
    void stop() {
        detector.close();
    }

    @Test
    void shouldExpectTheSlotsOfTheExchangesSeriesOnly() {
        play("coinbase:BTC-EUR:1m", 0, 9);
        play("coinbase:ETH-EUR:1m", 3, 9);
        play("coinbase2:BTC-EUR:1m", 0, 9);
        play("coinbas:BTC-EUR:1m", 0, 9);
        play("kraken:BTC-EUR:1m", 0, 9);

        WorkAnswer answer = detector.plan(command(List.of(), false, null));

        assertThat(answer.status()).isEqualTo(AnswerStatus.DONE);
        assertThat(expected(answer))
                .containsExactly(
                        slots("coinbase:BTC-EUR:1m", SLOT, SLOT + 9), slots("coinbase:ETH-EUR:1m", SLOT + 3, SLOT + 9));
        assertThat(answer.counters()).containsEntry("slots_expected", 0L).containsEntry("verified_empty", 0L);
        assertThat(answer.group()).isEqualTo("exchange:coinbase");
    }

    @Test
    void shouldExpectMissingSlotsAndNameEmptyOnesAlsoAfterARestart() {
        play("coinbase:BTC-EUR:1m", 0, 2);
        play("coinbase:BTC-EUR:1m", 9, 9);
        detector.verifyEmpty("coinbase:BTC-EUR:1m", SLOT + 4, SLOT + 6);
        detector.restart();

        WorkAnswer answer = detector.plan(command(List.of(), false, null));

        assertThat(expected(answer))
                .containsExactly(new ExpectedSlots(
                        SeriesKey.parse("coinbase:BTC-EUR:1m"),
                        SLOT,
                        SLOT + 9,
                        List.of(new SlotRange(SLOT + 4, SLOT + 6)),
                        List.of()));
        assertThat(answer.counters()).containsEntry("slots_expected", 3L).containsEntry("verified_empty", 3L);
    }

    @Test
    void shouldExpectOnlyWhatOpensInTheWindowAndWasOverdueAtItsEnd() {
        play("coinbase:BTC-EUR:1m", 0, 59);
        play("coinbase:OLD:1m", 0, 3);
        from = START.plus(MINUTE.multipliedBy(10));
        to = START.plus(MINUTE.multipliedBy(30));

        assertThat(expected(detector.plan(command(List.of(), false, null))))
                .containsExactly(slots("coinbase:BTC-EUR:1m", SLOT + 10, SLOT + 28));
    }

    @Test
    void shouldPlanOnlyWhatIsAskedFor() {
        for (String series : List.of("A:1m", "A:5m", "B:1m", "B:5m", "AB:1m")) {
            play("coinbase:" + series, 0, 0);
        }

        assertThat(expected(detector.plan(command(List.of("A", "B/5m"), false, null))))
                .extracting(slots -> slots.series().text())
                .containsExactly("coinbase:A:1m", "coinbase:A:5m", "coinbase:B:5m");
    }

    @Test
    void shouldNameTheCandlesThatAreHeldWhenTheScanIsThorough() {
        play("coinbase:BTC-EUR:1m", 0, 5);
        from = START.plus(MINUTE.multipliedBy(3));

        assertThat(expected(detector.plan(command(List.of(), true, null))))
                .singleElement()
                .satisfies(slots -> assertThat(slots.known())
                        .containsExactly(
                                DetectorUnderTest.candle(START.plus(MINUTE.multipliedBy(3))),
                                DetectorUnderTest.candle(START.plus(MINUTE.multipliedBy(4))),
                                DetectorUnderTest.candle(START.plus(MINUTE.multipliedBy(5)))));
    }

    @Test
    void shouldCoverEverySeriesOnceWhenThePlanGoesOn() {
        detector.close();
        detector = DetectorUnderTest.ofSmallPieces(stateDir, START, 1);
        List<String> names = IntStream.range(100, 300)
                .mapToObj(number -> "coinbase:S" + number + ":1m")
                .toList();
        names.forEach(name -> play(name, 0, 1));

        List<ExpectedSlots> covered = new ArrayList<>();
        int plans = 0;
        String cursor = null;
        do {
            WorkAnswer answer = detector.plan(command(List.of(), false, cursor));
            covered.addAll(expected(answer));
            cursor = cursor(answer);
            plans++;
            detector.restart();
        } while (cursor != null);

        assertThat(plans).isEqualTo(4);
        assertThat(covered)
                .containsExactlyElementsOf(
                        names.stream().map(name -> slots(name, SLOT, SLOT + 1)).toList());
    }

    @Test
    void shouldAnswerThatNothingIsToBeDoneWhenNoSeriesIsKnown() {
        WorkAnswer answer = detector.plan(command(List.of(), false, null));

        assertThat(answer.status()).isEqualTo(AnswerStatus.DONE);
        assertThat(answer.next()).isEmpty();
    }

    @Test
    void shouldAnswerThatItExpiredWhenTheDeadlineHasPassed() {
        play("coinbase:BTC-EUR:1m", 0, 5);
        detector.passTo(START.plus(Duration.ofHours(2)).plusMillis(1));

        WorkAnswer answer = detector.plan(command(List.of(), false, null));

        assertThat(answer.status()).isEqualTo(AnswerStatus.EXPIRED);
        assertThat(answer.next()).isEmpty();
    }

    @Test
    void shouldAnswerThatItFailedWhenThePlanIsForAnotherTask() {
        PlanCacheScan plan = new PlanCacheScan(from, to, List.of(), false, 1, null);

        WorkAnswer answer = detector.plan(command(plan));

        assertThat(answer.status()).isEqualTo(AnswerStatus.FAILED);
        assertThat(answer.reason()).contains("partition 0");
    }

    @Test
    void shouldAnswerThatItFailedWhenTheCursorIsNoneOfTheExchange() {
        WorkAnswer nonsense = detector.plan(command(List.of(), false, "nonsense"));
        WorkAnswer foreign = detector.plan(command(List.of(), false, "7@kraken:BTC-EUR:1m"));

        assertThat(List.of(nonsense, foreign)).extracting(WorkAnswer::status).containsOnly(AnswerStatus.FAILED);
        assertThat(foreign.reason()).contains("another exchange");
    }

    private void play(String series, int first, int last) {
        for (int minute = first; minute <= last; minute++) {
            Instant openTime = START.plus(MINUTE.multipliedBy(minute));
            Duration length =
                    Timeframe.parse(SeriesKey.parse(series).timeframe()).length();
            // Late by the lateness, so that the slot before is judged.
            detector.write(
                    series,
                    DetectorUnderTest.candle(openTime),
                    openTime.plus(length).plus(DetectorUnderTest.LATENESS));
        }
    }

    private WorkCommand command(List<String> only, boolean thorough, @Nullable String cursor) {
        return command(new PlanCacheScan(from, to, only, thorough, 0, cursor));
    }

    private static WorkCommand command(Work work) {
        Instant deadline = START.plus(Duration.ofHours(2));
        return new WorkCommand("run", "exchange:coinbase", "scan", "coinbase", 1, 1, deadline, work);
    }

    private static ExpectedSlots slots(String series, long first, long last) {
        return new ExpectedSlots(SeriesKey.parse(series), first, last, List.of(), List.of());
    }

    private static List<ExpectedSlots> expected(WorkAnswer answer) {
        return answer.next().stream()
                .filter(Work.ScanCache.class::isInstance)
                .flatMap(work -> ((Work.ScanCache) work).series().stream())
                .toList();
    }

    private static @Nullable String cursor(WorkAnswer answer) {
        return answer.next().getLast() instanceof PlanCacheScan plan ? plan.cursor() : null;
    }
}
