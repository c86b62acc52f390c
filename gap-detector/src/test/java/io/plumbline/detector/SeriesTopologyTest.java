package io.plumbline.detector;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.Topics;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.DeadLetter;
import io.plumbline.topics.record.SeriesEvent;
import io.plumbline.topics.record.Timeframe;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeriesTopologyTest {

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
    void shouldHaveTheTopologyThatWasMeant() throws IOException {
        try (InputStream golden = Objects.requireNonNull(getClass().getResourceAsStream("/topology.txt"))) {
            assertThat(detector.topology().describe().toString())
                    .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void shouldFindTheGapWhenTheSeriesJumpsAhead() {
        stream(0);
        stream(1);
        detector.pass(MINUTE.multipliedBy(2));
        stream(4);

        assertThat(detector.gaps(SERIES).missing()).containsExactly(slot(2), slot(3));
    }

    @Test
    void shouldFindTheGapWhenTheFeedIsSilent() {
        stream(0);

        detector.pass(MINUTE.plus(DetectorUnderTest.LATENESS).minusSeconds(1));
        assertThat(detector.events()).isEmpty();

        detector.pass(Duration.ofSeconds(2));
        assertThat(detector.gaps(SERIES).missing()).containsExactly(slot(1));
    }

    @Test
    void shouldNotTakeABacklogForSilenceWhenItStartsLate() {
        detector.close();
        detector = new DetectorUnderTest(stateDir, START.plus(Duration.ofHours(3)));
        for (int minute = 0; minute < 180; minute++) {
            Instant openTime = START.plus(MINUTE.multipliedBy(minute));
            detector.write(SERIES, DetectorUnderTest.candle(openTime), openTime.plus(MINUTE));
        }

        detector.pass(Duration.ofSeconds(5));
        assertThat(detector.events()).isEmpty();
    }

    @Test
    void shouldOnlyProposeWhenSomethingMayBeOverdue() {
        stream(0);
        detector.pass(Duration.ofSeconds(60));
        assertThat(detector.read(detector.topics().candles)).isEmpty();

        detector.pass(Duration.ofSeconds(20));
        assertThat(detector.read(detector.topics().candles)).hasSize(1).containsOnlyNulls();
    }

    @Test
    void shouldFindNothingTwiceWhenAMarkerIsReadTwice() {
        stream(0);
        detector.write(Topics.CANDLE_CLOCK + 0, null, START.plus(Duration.ofMinutes(5)));
        detector.write(Topics.CANDLE_CLOCK + 0, null, START.plus(Duration.ofMinutes(5)));
        detector.write(Topics.CANDLE_CLOCK + 0, null, START.plus(Duration.ofMinutes(2)));

        assertThat(detector.events()).hasSize(1);
        assertThat(detector.gaps(SERIES).missing()).containsExactly(slot(1), slot(2), slot(3));
    }

    @Test
    void shouldGoOnWhereItWasWhenItIsRestarted() {
        stream(0);
        stream(1);
        detector.restart();
        detector.pass(MINUTE.multipliedBy(3));
        detector.restart();
        stream(5);

        assertThat(detector.gaps(SERIES).missing()).containsExactly(slot(2), slot(3), slot(4));
    }

    @Test
    void shouldJudgeSilenceWhenNothingCameSinceTheRestart() {
        stream(0);
        detector.restart();
        detector.pass(MINUTE.multipliedBy(3));

        assertThat(detector.gaps(SERIES).missing()).containsExactly(slot(1), slot(2));
    }

    @Test
    void shouldTellThatACandleCameAfterAllWhenItIsLate() {
        stream(0);
        detector.pass(MINUTE.multipliedBy(3));
        detector.write(SERIES, DetectorUnderTest.candle(START.plus(MINUTE)));

        assertThat(detector.gaps(SERIES).missing()).containsExactly(slot(2));
        assertThat(detector.events()).last().isInstanceOf(SeriesEvent.SlotArrived.class);
    }

    @Test
    void shouldRefuseEachCandleAndSayItOnceWhenASeriesIsMislabelled() {
        detector.pass(Duration.ofHours(1));
        for (int minute = 0; minute < 30; minute++) {
            detector.write("coinbase:BTC-EUR:1h", DetectorUnderTest.candle(START.minusSeconds(1_000L + minute)));
        }

        assertThat(detector.deadLetters())
                .hasSize(30)
                .extracting(DeadLetter::reason)
                .allSatisfy(reason -> assertThat(reason).contains("mislabelled"));
        assertThat(detector.events()).singleElement().isInstanceOf(SeriesEvent.Mislabelled.class);
    }

    @Test
    void shouldRefuseWhatCannotBeTrueAndGoOn() {
        detector.write("BTC-EUR", DetectorUnderTest.candle(START.minus(MINUTE)));
        detector.write("coinbase:BTC-EUR:1x", DetectorUnderTest.candle(START.minus(MINUTE)));
        detector.write(null, DetectorUnderTest.candle(START.minus(MINUTE)));
        detector.write(SERIES, null);
        detector.write(SERIES, DetectorUnderTest.candle(START.plus(Duration.ofDays(300))));
        stream(0);
        detector.pass(MINUTE.multipliedBy(2));

        assertThat(detector.deadLetters())
                .extracting(DeadLetter::reason)
                .satisfiesExactly(
                        reason -> assertThat(reason).contains("exchange:symbol:timeframe"),
                        reason -> assertThat(reason).contains("no timeframe"),
                        reason -> assertThat(reason).contains("as key"),
                        reason -> assertThat(reason).contains("no candle"),
                        reason -> assertThat(reason).contains("can be closed"));
        assertThat(detector.gaps(SERIES).missing()).containsExactly(slot(1));
    }

    @Test
    void shouldKeepADayOfMinutesInAFewBytesWhenNothingIsMissing() {
        stream(0);
        long begun = detector.storedBytes();
        for (int minute = 1; minute < 1_024 * 3; minute++) {
            stream(minute);
        }

        // Each block has 8 bytes, its key 9 beside the series' name; a series that begins within a block has one more.
        assertThat(detector.storedBytes() - begun).isEqualTo(3L * (8 + 9 + SERIES.length()));
    }

    @Test
    void shouldMoveACandleOnceWhenItIsNotOnItsKeysPartition() {
        detector.close();
        detector = new DetectorUnderTest(stateDir, START, 4);
        Candle candle = DetectorUnderTest.candle(START.minus(MINUTE));

        detector.write(symbolOf(0), candle);
        assertThat(detector.read(detector.topics().candles)).isEmpty();

        // The driver has one partition only: what is moved comes back to the wrong one, which is noticed.
        detector.write(symbolOf(3), candle);
        assertThat(detector.read(detector.topics().candles)).containsExactly(candle);
        assertThat(detector.deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.reason()).contains("came back"));
    }

    private static String symbolOf(int partition) {
        for (int number = 0; ; number++) {
            String key = "coinbase:S" + number + ":1m";
            if (Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % 4 == partition) {
                return key;
            }
        }
    }

    /** The candle of that minute after the start, as soon as it is closed. */
    private void stream(int minute) {
        Instant openTime = START.plus(MINUTE.multipliedBy(minute));
        detector.passTo(openTime.plus(MINUTE));
        detector.write(SERIES, DetectorUnderTest.candle(openTime));
    }

    private static long slot(int minute) {
        return Timeframe.parse("1m")
                .slotOf(START.plus(MINUTE.multipliedBy(minute)).toEpochMilli());
    }
}
