package io.plumbline.detector;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.Topic;
import io.plumbline.topics.record.SeriesCommand;
import io.plumbline.topics.record.SeriesEvent;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Timeframe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the stage of an exchange tells a series, and what is refused of it. */
class SeriesCommandsTest {

    private static final Instant START = Instant.parse("2026-11-21T22:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long SLOT = Timeframe.parse("1m").slotOf(START.toEpochMilli());
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
    void shouldNotTellOfEmptySlotsAgainWhenTheGapGrowsOn() {
        stream(0);
        detector.pass(MINUTE.multipliedBy(3));
        detector.verifyEmpty(SERIES, SLOT + 1, SLOT + 2);
        detector.restart();
        detector.pass(MINUTE);

        List<SeriesEvent> events = detector.events();
        assertThat(events).allMatch(SeriesEvent.GapFound.class::isInstance);
        assertThat(((SeriesEvent.GapFound) events.getLast()).first()).isEqualTo(START.plus(MINUTE.multipliedBy(3)));
        assertThat(((SeriesEvent.GapFound) events.getLast()).traded()).isEqualTo(START);
    }

    @Test
    void shouldSayNothingItselfWhenSlotsAreVerifiedToBeEmpty() {
        stream(0);
        detector.pass(MINUTE.multipliedBy(3));
        int before = detector.events().size();

        detector.verifyEmpty(SERIES, SLOT - 100, SLOT + 100);
        detector.verifyEmpty("coinbase:UNHEARD-OF:1m", SLOT - 100, SLOT + 100);

        assertThat(detector.events()).hasSize(before);
    }

    @Test
    void shouldTellThatItArrivedWhenACandleComesForAnEmptySlot() {
        stream(0);
        detector.pass(MINUTE.multipliedBy(3));
        detector.verifyEmpty(SERIES, SLOT + 1, SLOT + 2);
        detector.restart();

        detector.write(SERIES, DetectorUnderTest.candle(START.plus(MINUTE)));

        assertThat(detector.events())
                .last()
                .isEqualTo(new SeriesEvent.SlotArrived(
                        SeriesKey.parse(SERIES),
                        START.plus(MINUTE),
                        DetectorUnderTest.candle(START).origin()));
    }

    @Test
    void shouldRefuseWhatIsNoCommandAndGoOn() {
        write(detector.topics().seriesCommands, "{\"type\":\"verified-empty\"}");
        write(detector.topics().cacheScanPlans, "{\"runId\":\"run\"}");
        detector.writeNothing(detector.topics().seriesCommands, SERIES);
        detector.writeNothing(detector.topics().cacheScanPlans, "run#1");
        detector.command(new SeriesCommand.FindHeld(
                new SeriesKey("coinbase", "BTC-EUR", "1x"), List.of(new SlotRange(SLOT, SLOT))));
        detector.command(new SeriesCommand.FindHeld(SeriesKey.parse(SERIES), List.of(new SlotRange(SLOT, SLOT))));

        assertThat(detector.deadLetters())
                .satisfiesExactly(
                        letter -> assertThat(letter.reason()).contains("lacks its series"),
                        letter -> assertThat(letter.reason()).contains("lacks its run"),
                        letter -> assertThat(letter.reason()).contains("no command"),
                        letter -> assertThat(letter.reason()).contains("no command"),
                        letter -> assertThat(letter.reason()).contains("no timeframe"));
        assertThat(detector.events(SeriesEvent.Held.class)).hasSize(1);
    }

    private void write(Topic<String, ?> topic, String value) {
        detector.writeBytes(topic, "key", value.getBytes(StandardCharsets.UTF_8));
    }

    private void stream(int minute) {
        Instant openTime = START.plus(MINUTE.multipliedBy(minute));
        detector.passTo(openTime.plus(MINUTE));
        detector.write(SERIES, DetectorUnderTest.candle(openTime));
    }
}
