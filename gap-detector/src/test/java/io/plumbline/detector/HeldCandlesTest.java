package io.plumbline.detector;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.SeriesCommand;
import io.plumbline.topics.record.SeriesEvent;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Timeframe;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is held of candles that were taken, and given when it is asked for. */
class HeldCandlesTest {

    private static final Instant START = Instant.parse("2026-11-21T22:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String SERIES = "coinbase:BTC-EUR:1m";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path stateDir;

    @SuppressWarnings("NullAway.Init") // set before each test
    private DetectorUnderTest detector;

    @BeforeEach
    void start() {
        detector = new DetectorUnderTest(stateDir, START);
    }

    @AfterEach
    void stop() {
        detector.close();
    }

    @Test
    void shouldGiveTheCandlesOfTheSlotsThatAreAskedForOldestFirst() {
        for (int minute = 0; minute < 10; minute++) {
            write(SERIES, candle(minute, 1));
        }
        List<SlotRange> asked = List.of(slots(7, 8), slots(2, 3), slots(3, 3));

        detector.command(new SeriesCommand.FindHeld(SeriesKey.parse(SERIES), asked));

        assertThat(detector.events(SeriesEvent.Held.class))
                .containsExactly(new SeriesEvent.Held(
                        SeriesKey.parse(SERIES),
                        asked,
                        List.of(candle(2, 1), candle(3, 1), candle(7, 1), candle(8, 1)),
                        Instant.ofEpochMilli(candle(1, 1).openTime())));
    }

    @Test
    void shouldAnswerWithoutCandlesWhenNoneIsHeld() {
        assertThat(find(SERIES, slots(0, 9)).candles()).isEmpty();
    }

    @Test
    void shouldGiveCandlesOfTheOneSeriesOnlyWhenNamesBeginAlike() {
        detector.close();
        detector = DetectorUnderTest.onDisk(stateDir, START);
        List<String> names = List.of("coinbase:BTC:1m", "coinbase:BTC:1h", "coinbase:BTC-EUR:1m", "coinbase:BT:1m");
        for (int number = 0; number < names.size(); number++) {
            for (int minute = 0; minute < 60; minute++) {
                if (!names.get(number).endsWith("h")) {
                    write(names.get(number), candle(minute, number));
                }
            }
        }

        for (String name : List.of("coinbase:BTC:1m", "coinbase:BTC-EUR:1m", "coinbase:BT:1m")) {
            int number = names.indexOf(name);
            assertThat(find(name, slots(10, 12)).candles())
                    .containsExactly(candle(10, number), candle(11, number), candle(12, number));
        }
        assertThat(find("coinbase:BTC:1h", slots(0, 100)).candles()).isEmpty();
    }

    @Test
    void shouldReplaceAHeldCandleWhenTheSequenceIsHigherOnly() {
        write(SERIES, candle(0, 5));
        write(SERIES, candle(0, 4));
        write(SERIES, priced(candle(0, 5), "99"));
        assertThat(find(SERIES, slots(0, 0)).candles()).containsExactly(candle(0, 5));

        write(SERIES, priced(candle(0, 6), "99"));
        assertThat(find(SERIES, slots(0, 0)).candles()).containsExactly(priced(candle(0, 6), "99"));
    }

    @Test
    void shouldHoldWhatWasBackfilledButNotWhatIsOpen() {
        Candle plain = candle(0, 1);
        Candle filled = new Candle(
                plain.openTime(),
                plain.open(),
                plain.high(),
                plain.low(),
                plain.close(),
                plain.volume(),
                2,
                Candle.Origin.BACKFILL,
                true);
        Candle later = candle(1, 1);
        Candle open = new Candle(
                later.openTime(),
                later.open(),
                later.high(),
                later.low(),
                later.close(),
                later.volume(),
                1,
                Candle.Origin.LIVE,
                false);

        write(SERIES, filled);
        write(SERIES, open);

        assertThat(find(SERIES, slots(0, 1)).candles()).containsExactly(filled);
    }

    @Test
    void shouldHoldTheSameAfterARestart() {
        write(SERIES, candle(0, 5));
        write(SERIES, candle(1, 5));
        detector.restart();
        write(SERIES, candle(0, 4));
        write(SERIES, candle(1, 6));

        assertThat(find(SERIES, slots(0, 9)).candles()).containsExactly(candle(0, 5), candle(1, 6));
    }

    @Test
    void shouldHoldNoMoreWhenItRunsForLonger() {
        int hold = (int) DetectorUnderTest.HOLD.toMinutes();
        for (int minute = 0; minute < 2 * hold; minute++) {
            write(SERIES, candle(minute, 1));
        }
        long afterTwo = detector.heldCandles();
        for (int minute = 2 * hold; minute < 5 * hold; minute++) {
            write(SERIES, candle(minute, 1));
        }

        assertThat(afterTwo).isBetween((long) hold, hold + 1L);
        assertThat(detector.heldCandles()).isEqualTo(afterTwo);
        assertThat(find(SERIES, slots(0, 3 * hold)).candles()).isEmpty();
        assertThat(find(SERIES, slots(5 * hold - 3, 5 * hold)).candles())
                .containsExactly(candle(5 * hold - 3, 1), candle(5 * hold - 2, 1), candle(5 * hold - 1, 1));
    }

    @Test
    void shouldHoldNothingOfASeriesInTheEndWhenItHasEnded() {
        for (int minute = 0; minute < 10; minute++) {
            write(SERIES, candle(minute, 1));
        }
        assertThat(detector.heldCandles()).isEqualTo(10);

        detector.pass(DetectorUnderTest.HOLD.plus(MINUTE.multipliedBy(20)));

        assertThat(detector.heldCandles()).isZero();
    }

    @Test
    void shouldKeepTheNewerOfTwoCandlesWhenTheirPlaceIsTheSame() {
        int newer = (int) DetectorUnderTest.HOLD.toMinutes() + 6;
        write(SERIES, candle(0, 1));
        write(SERIES, candle(newer, 1));
        detector.restart();

        write(SERIES, candle(5, 9));
        write(SERIES, candle(5, 10));

        assertThat(find(SERIES, slots(0, newer)).candles()).containsExactly(candle(newer, 1));
    }

    @Test
    void shouldNotHoldACandleWhenItsSlotEndedTooLongAgo() {
        int hold = (int) DetectorUnderTest.HOLD.toMinutes();
        write("coinbase:NEW:1m", candle(hold + 10, 1));

        write(SERIES, candle(9, 1));
        write(SERIES, candle(11, 1));

        assertThat(find(SERIES, slots(0, hold)).candles()).containsExactly(candle(11, 1));
    }

    private SeriesEvent.Held find(String series, SlotRange slots) {
        int before = detector.events(SeriesEvent.Held.class).size();
        detector.command(new SeriesCommand.FindHeld(SeriesKey.parse(series), List.of(slots)));
        List<SeriesEvent.Held> answers = detector.events(SeriesEvent.Held.class);
        assertThat(answers).hasSize(before + 1);
        return answers.getLast();
    }

    private void write(String series, Candle candle) {
        detector.write(series, candle, Instant.ofEpochMilli(candle.openTime()).plus(MINUTE));
    }

    private static Candle candle(int minute, long sequence) {
        BigDecimal price = new BigDecimal("91234.50");
        long openTime = START.plus(MINUTE.multipliedBy(minute)).toEpochMilli();
        return new Candle(openTime, price, price, price, price, price, sequence, Candle.Origin.LIVE, true);
    }

    private static Candle priced(Candle candle, String price) {
        BigDecimal all = new BigDecimal(price);
        return new Candle(
                candle.openTime(), all, all, all, all, all, candle.sequence(), candle.origin(), candle.closed());
    }

    private static SlotRange slots(int first, int last) {
        long slot = Timeframe.parse("1m").slotOf(START.toEpochMilli());
        return new SlotRange(slot + first, slot + last);
    }
}
