package io.plumbline.detector.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Timeframe;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CacheWindowTest {

    private static final Timeframe MINUTES = Timeframe.parse("1m");
    private static final SeriesRules RULES = new SeriesRules(MINUTES, Duration.ofSeconds(10), Duration.ofDays(1));
    private static final Instant START = Instant.parse("2026-11-21T22:00:00Z");
    private static final long SLOT = MINUTES.slotOf(START.toEpochMilli());

    private final SeriesUnderTest series = new SeriesUnderTest(RULES);

    @Test
    void shouldBeginWithTheFirstSlotThatOpensInTheWindow() {
        play(30);

        assertThat(window(START.plusSeconds(61), START.plusSeconds(1_800)).slotsOf(series.state(), RULES))
                .contains(new SlotRange(SLOT + 2, SLOT + 28));
        assertThat(window(START.plusSeconds(60), START.plusSeconds(1_810)).slotsOf(series.state(), RULES))
                .contains(new SlotRange(SLOT + 1, SLOT + 29));
    }

    @Test
    void shouldExpectNothingBeforeTheSeriesBeganNorBehindWhatIsJudged() {
        play(30);

        assertThat(window(START.minusSeconds(600), START.plusSeconds(9_000)).slotsOf(series.state(), RULES))
                .contains(new SlotRange(SLOT, SLOT + 29));
    }

    @Test
    void shouldExpectNothingThatIsForgotten() {
        series.take(SLOT);
        series.take(SLOT + 3_000);

        assertThat(window(START, START.plus(Duration.ofDays(9))).slotsOf(series.state(), RULES))
                .contains(new SlotRange(SLOT + 3_001 - 1_440, SLOT + 3_000));
    }

    @Test
    void shouldExpectNothingWhenTheSeriesHasNoSlotInTheWindow() {
        assertThat(window(START, START.plusSeconds(600)).slotsOf(SeriesState.NEW, RULES))
                .isEmpty();
        play(3);

        assertThat(window(START.plusSeconds(600), START.plusSeconds(900)).slotsOf(series.state(), RULES))
                .isEmpty();
        assertThat(window(START, START.plusSeconds(69)).slotsOf(series.state(), RULES))
                .isEmpty();
    }

    @Test
    void shouldNameTheEmptySlotsOfTheWindowAcrossBlocks() {
        series.take(SLOT);
        series.take(SLOT + 1_400);
        long block = (SlotBlock.numberOf(SLOT) + 1) * SlotBlock.SLOTS;
        series.verifyEmpty(new SlotRange(block - 3, block + 2));
        series.verifyEmpty(new SlotRange(block + 9, block + 9));

        assertThat(CacheWindow.emptyOf(new SlotRange(block - 2, block + 100), series.blocks()))
                .containsExactly(new SlotRange(block - 2, block + 2), new SlotRange(block + 9, block + 9));
        assertThat(CacheWindow.emptyOf(new SlotRange(block + 3, block + 8), series.blocks()))
                .isEmpty();
    }

    private void play(int minutes) {
        for (int minute = 0; minute < minutes; minute++) {
            series.take(SLOT + minute);
        }
    }

    private static CacheWindow window(Instant from, Instant to) {
        return new CacheWindow(from, to);
    }
}
