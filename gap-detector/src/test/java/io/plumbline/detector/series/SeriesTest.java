package io.plumbline.detector.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.detector.series.GapLedger.Run;
import io.plumbline.topics.record.SeriesEvent;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Timeframe;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SeriesTest {

    private static final Timeframe MINUTES = Timeframe.parse("1m");
    private static final Duration LATENESS = Duration.ofSeconds(10);
    private static final long SLOT =
            MINUTES.slotOf(Instant.parse("2026-11-21T22:00:00Z").toEpochMilli());

    private final SeriesUnderTest series = new SeriesUnderTest(new SeriesRules(MINUTES, LATENESS, Duration.ofDays(30)));

    @Test
    void shouldFindOneGapWhenTheSeriesJumpsAhead() {
        series.take(SLOT);
        series.take(SLOT + 4);

        assertThat(series.ledger().gaps()).containsExactly(new Run(SLOT + 1, SLOT + 3));
        assertThat(series.events()).hasSize(1);
    }

    @Test
    void shouldExpectNothingOfTheOpenSlotUntilItIsOverdue() {
        series.take(SLOT);

        series.pass(overdue(SLOT + 1) - 1);
        assertThat(series.events()).isEmpty();

        series.pass(overdue(SLOT + 1));
        assertThat(series.ledger().gaps()).containsExactly(new Run(SLOT + 1, SLOT + 1));
    }

    @Test
    void shouldLetTheGapGrowWhenTheSilenceGoesOn() {
        series.take(SLOT);
        series.pass(overdue(SLOT + 1));
        series.pass(overdue(SLOT + 2));
        series.pass(overdue(SLOT + 2));

        assertThat(series.events())
                .containsExactly(
                        gap(SLOT + 1, SLOT + 1, SLOT + 1, overdue(SLOT + 1)),
                        gap(SLOT + 1, SLOT + 2, SLOT + 2, overdue(SLOT + 2)));
    }

    @Test
    void shouldSplitTheGapWhenALateCandleComes() {
        series.take(SLOT);
        series.pass(overdue(SLOT + 3));

        assertThat(series.take(SLOT + 2)).isEqualTo(CandleVerdict.TAKEN);
        series.pass(overdue(SLOT + 4));

        assertThat(series.ledger().gaps()).containsExactly(new Run(SLOT + 1, SLOT + 1), new Run(SLOT + 3, SLOT + 4));
        assertThat(series.events()).last().isEqualTo(gap(SLOT + 3, SLOT + 4, SLOT + 4, overdue(SLOT + 4)));
    }

    @Test
    void shouldNotTakeAnOpenCandleForPresent() {
        series.take(SLOT);
        CandleVerdict verdict = series.take(SeriesUnderTest.candle(MINUTES.openTimeOf(SLOT + 1), false));
        series.pass(overdue(SLOT + 1));

        assertThat(verdict).isEqualTo(CandleVerdict.OPEN);
        assertThat(series.ledger().missing()).containsExactly(SLOT + 1);
    }

    @Test
    void shouldTakeACandleOnceWhenItComesTwice() {
        assertThat(series.take(SLOT)).isEqualTo(CandleVerdict.TAKEN);
        assertThat(series.take(SLOT)).isEqualTo(CandleVerdict.DUPLICATE);
        assertThat(series.events()).isEmpty();
    }

    @Test
    void shouldSayItOnceWhenAWholeSeriesIsMislabelled() {
        long aligned = MINUTES.openTimeOf(SLOT);
        for (int i = 0; i < 100; i++) {
            assertThat(series.take(SeriesUnderTest.candle(aligned + 30_000 + i * 60_000L, true)))
                    .isEqualTo(CandleVerdict.MISLABELLED);
        }

        assertThat(series.events()).singleElement().isInstanceOf(SeriesEvent.Mislabelled.class);
        assertThat(series.slots(SlotState.PRESENT)).isEmpty();
    }

    @Test
    void shouldWaitForTheLatenessWhenItIsLongerThanASlot() {
        SeriesUnderTest patient =
                new SeriesUnderTest(new SeriesRules(MINUTES, Duration.ofMinutes(3), Duration.ofDays(30)));
        patient.take(SLOT);
        patient.take(SLOT + 3);
        assertThat(patient.events()).isEmpty();

        patient.take(SLOT + 4);
        assertThat(patient.ledger().missing()).containsExactly(SLOT + 1);
    }

    @Test
    void shouldKeepBlocksForTheRetentionOnly() {
        SeriesUnderTest series = new SeriesUnderTest(new SeriesRules(MINUTES, LATENESS, Duration.ofDays(1)));
        for (long slot = SLOT; slot < SLOT + 20_000; slot++) {
            series.take(slot);
        }

        assertThat(series.blocks().bytes()).hasSizeLessThanOrEqualTo(3);
        assertThat(series.take(SLOT)).isEqualTo(CandleVerdict.OUTDATED);
        assertThat(series.events()).isEmpty();
    }

    @Test
    void shouldFindTheGapOfAYearWhenASeriesComesBackAfterAYear() {
        long year = Duration.ofDays(365).toMinutes();
        series.take(SLOT);
        series.take(SLOT + year);

        assertThat(series.events()).hasSize(1);
        assertThat(series.ledger().gaps()).containsExactly(new Run(SLOT + 1, SLOT + year - 1));
        assertThat(series.blocks().bytes()).hasSizeLessThanOrEqualTo(44);
    }

    @Test
    void shouldLetTheGapBeginBehindItWhenSlotsAreVerifiedToBeEmpty() {
        series.take(SLOT);
        series.pass(overdue(SLOT + 3));

        assertThat(series.verifyEmpty(new SlotRange(SLOT - 5, SLOT + 2))).isEqualTo(2);
        series.pass(overdue(SLOT + 4));

        assertThat(series.events()).last().isEqualTo(gap(SLOT + 3, SLOT + 4, SLOT + 4, SLOT, overdue(SLOT + 4)));
        assertThat(series.slots(SlotState.VERIFIED_EMPTY)).containsExactly(SLOT + 1, SLOT + 2);
        assertThat(series.slots(SlotState.MISSING)).containsExactly(SLOT + 3, SLOT + 4);
    }

    @Test
    void shouldNotVerifyWhatIsNotJudgedYet() {
        assertThat(series.verifyEmpty(new SlotRange(SLOT, SLOT + 9))).isZero();
        series.take(SLOT);
        series.take(SLOT + 2);

        assertThat(series.verifyEmpty(new SlotRange(SLOT - 9, SLOT + 9))).isEqualTo(1);
        assertThat(series.slots(SlotState.VERIFIED_EMPTY)).containsExactly(SLOT + 1);
    }

    @Test
    void shouldTellThatItArrivedWhenACandleComesForAnEmptySlot() {
        series.take(SLOT);
        series.take(SLOT + 2);
        series.verifyEmpty(new SlotRange(SLOT + 1, SLOT + 1));

        assertThat(series.take(SLOT + 1)).isEqualTo(CandleVerdict.TAKEN);

        assertThat(series.events()).last().isInstanceOf(SeriesEvent.SlotArrived.class);
        assertThat(series.slots(SlotState.VERIFIED_EMPTY)).isEmpty();
    }

    private static long overdue(long slot) {
        return MINUTES.openTimeOf(slot + 1) + LATENESS.toMillis();
    }

    private SeriesEvent gap(long first, long grownFrom, long last, long at) {
        return gap(first, grownFrom, last, first - 1, at);
    }

    private SeriesEvent gap(long first, long grownFrom, long last, long traded, long at) {
        return new SeriesEvent.GapFound(
                new SeriesKey("exchange", "BTC-EUR", "1m"),
                Instant.ofEpochMilli(MINUTES.openTimeOf(first)),
                Instant.ofEpochMilli(MINUTES.openTimeOf(grownFrom)),
                Instant.ofEpochMilli(MINUTES.openTimeOf(last)),
                Instant.ofEpochMilli(MINUTES.openTimeOf(traded)),
                Instant.ofEpochMilli(at));
    }
}
