package io.plumbline.detector;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.SeriesEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In which minutes exchanges are said to be active: by their candles, and by heartbeats. */
class ActivityTest {

    private static final Instant START = Instant.parse("2026-11-21T22:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long AT = START.getEpochSecond() / 60;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path stateDir;

    @SuppressWarnings("NullAway.Init") // set before each test
    private DetectorUnderTest detector;

    @BeforeEach
    void start() {
        detector = new DetectorUnderTest(stateDir, START.plusSeconds(3_600));
    }

    @AfterEach
    void stop() {
        detector.close();
    }

    @Test
    void shouldSayTheMinuteInWhichASlotEndedOnceWhenManyCandlesProveIt() {
        detector.write("coinbase:BTC-EUR:1m", candle(0));
        detector.write("coinbase:ETH-EUR:1m", candle(0));
        detector.write("coinbase:BTC-EUR:5m", candle(0));
        detector.write("kraken:BTC-EUR:1m", candle(0));
        detector.write("coinbase:BTC-EUR:1m", candle(1));

        assertThat(detector.events(SeriesEvent.Active.class))
                .containsExactly(
                        new SeriesEvent.Active("coinbase", AT),
                        new SeriesEvent.Active("coinbase", AT + 4),
                        new SeriesEvent.Active("kraken", AT),
                        new SeriesEvent.Active("coinbase", AT + 1));
    }

    @Test
    void shouldSayNothingWhenACandleProvesNothingAboutTheFeed() {
        Candle closed = candle(0);
        detector.write("coinbase:BTC-EUR:1m", variant(closed, Candle.Origin.LIVE, false));
        detector.write("coinbase:BTC-EUR:1m", variant(closed, Candle.Origin.BACKFILL, true));
        detector.write("coinbase:BTC-EUR:1h", candle(1));
        detector.write("coinbase:BTC-EUR:1m", candle(-60 * 24 * 40));

        assertThat(detector.events(SeriesEvent.Active.class)).isEmpty();
    }

    @Test
    void shouldSayItAgainAtMostWhenItWasRestarted() {
        detector.write("coinbase:BTC-EUR:1m", candle(0));
        detector.restart();
        detector.write("coinbase:BTC-EUR:1m", candle(0));
        detector.write("coinbase:ETH-EUR:1m", candle(0));
        detector.write("coinbase:LTC-EUR:1m", candle(0));

        assertThat(detector.events(SeriesEvent.Active.class)).hasSize(2);
    }

    @Test
    void shouldSayTheMinuteOfAHeartbeatOnce() {
        detector.heartbeat("coinbase:BTC-EUR");
        detector.heartbeat("coinbase:ETH-EUR:1m");
        detector.pass(MINUTE);
        detector.heartbeat("coinbase:");

        assertThat(detector.events(SeriesEvent.Active.class))
                .containsExactly(
                        new SeriesEvent.Active("coinbase", AT + 60), new SeriesEvent.Active("coinbase", AT + 61));
    }

    @Test
    void shouldRefuseAHeartbeatWithoutAnExchangeAndGoOn() {
        detector.heartbeat(null);
        detector.heartbeat("coinbase");
        detector.heartbeat(" :BTC-EUR");
        detector.heartbeat("coinbase:BTC-EUR");

        assertThat(detector.deadLetters()).hasSize(3).allSatisfy(letter -> {
            assertThat(letter.reason()).contains("exchange:symbol");
            assertThat(letter.topic()).isEqualTo("heartbeats");
            assertThat(letter.value()).isEqualTo("AQID");
            assertThat(letter.base64()).isTrue();
        });
        assertThat(detector.events(SeriesEvent.Active.class)).hasSize(1);
    }

    private static Candle candle(int minute) {
        return DetectorUnderTest.candle(START.plus(MINUTE.multipliedBy(minute)));
    }

    private static Candle variant(Candle candle, Candle.Origin origin, boolean closed) {
        return new Candle(
                candle.openTime(),
                candle.open(),
                candle.high(),
                candle.low(),
                candle.close(),
                candle.volume(),
                candle.sequence(),
                origin,
                closed);
    }
}
