package io.plumbline.local.candles;

import static io.plumbline.local.candles.RealSeries.LOST;
import static io.plumbline.local.candles.RealSeries.OUTAGE;
import static io.plumbline.local.candles.RealSeries.QUIET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.detector.GapDetectorMain;
import io.plumbline.local.exchange.SimulatedExchange;
import io.plumbline.local.exchange.SimulatedMarket;
import io.plumbline.local.servers.OnProvidedServers;
import io.plumbline.local.system.RealData;
import io.plumbline.local.system.SystemClient;
import io.plumbline.topics.Topics;
import io.plumbline.topics.record.Gap;
import io.plumbline.topics.record.Gap.Silence;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunStatus;
import io.plumbline.topics.record.SeriesEvent;
import io.plumbline.topics.record.Trigger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Recorded candles, all of them played through one system: Kafka, the streams, the cache and the exchange. What the feed had
 * was counted from the files; what the exchange has of the rest is made up, or made from recorded trades.
 */
@OnProvidedServers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealCandlesTest {

    private static final Duration SCAN_WINDOW = Duration.ofDays(25);
    private static final int ALLOWED = 102;

    private final SimulatedMarket market = new SimulatedMarket();
    private CandlesUnderTest tested;
    private SimulatedExchange others;
    private RealSeries series;
    private GapsTold told;

    @BeforeAll
    void play() throws Exception {
        Optional<Path> folder = RealData.folder("candles");
        assumeTrue(folder.isPresent(), RealData.REASON);
        others = SimulatedExchange.start(market, Clock.systemUTC(), 0, ALLOWED);
        String config = CandlesUnderTest.withExchange(CandlesUnderTest.CONFIG, QUIET, others.baseUrl());
        tested = CandlesUnderTest.start(CandlesUnderTest.withExchange(config, OUTAGE, others.baseUrl()), market);
        Instant waitedFor = Instant.now().minus(CandlesUnderTest.LATENESS);
        series = new RealSeries(folder.orElseThrow(), waitedFor, market);
        quote(series.quotes());

        tested.feed(series.all());
        tested.system.startApps();
        told = tested.awaitSettled(series.all());
    }

    @AfterAll
    void stop() {
        if (tested != null) {
            tested.close();
            others.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        // which, slots, fed, gaps, single gaps, the longest gap, slots filled, slots verified empty
        "all made up, 14398, 13681, 538, 423, 7, 717, 0",
        "TRX, 5760, 5754, 6, 6, 1, 6, 0",
        "DASH, 5760, 5758, 2, 2, 1, 2, 0",
        "ETH, 5760, 5760, 0, 0, 0, 0, 0",
        "LTC, 5760, 5760, 0, 0, 0, 0, 0",
        "trades, 3560, 2469, 676, 440, 8, 0, 1091",
        "20161007, 1440, 1419, 20, 19, 2, 21, 0",
        "20170903, 1440, 1440, 0, 0, 0, 0, 0",
        "20170904, 1440, 1440, 0, 0, 0, 0, 0",
        "quiet, 1440, 1395, 36, 31, 6, 0, 45",
        "outage, 1440, 1395, 36, 31, 6, 0, 45",
    })
    void shouldFindAndSettleWhatTheFileLacks(
            String which, int slots, int fed, int gaps, long single, long longest, long filled, long empty) {
        Played played = series.get(which);
        List<Gap> found = told.found(played);

        assertThat(played.window().size()).isEqualTo(slots);
        assertThat(played.fed()).hasSize(fed);
        assertThat(found).hasSize(gaps);
        assertThat(found.stream().filter(gap -> gap.slots() == 1)).hasSize((int) single);
        assertThat(found.stream().mapToLong(Gap::slots).max().orElse(0)).isEqualTo(longest);
        assertThat(found.stream().mapToLong(Gap::filled).sum()).isEqualTo(filled);
        assertThat(found.stream().mapToLong(Gap::verifiedEmpty).sum()).isEqualTo(empty);
        assertSettled(played);
    }

    @Test
    void shouldFillWhatTheExchangeHasAndVerifyTheRestWhenTheFeedLosesMore() {
        Played played = series.get("half made up, and loses");

        assertThat(played.missing()).hasSize(717 + LOST);
        assertThat(told.found(played).stream().mapToLong(Gap::filled).sum()).isEqualTo(359 + LOST);
        assertThat(told.found(played).stream().mapToLong(Gap::verifiedEmpty).sum())
                .isEqualTo(358);
        assertSettled(played);
    }

    @Test
    void shouldCallASilenceQuietWhereQuotesWentOnAndAnOutageWhereNothingDid() {
        assertThat(told.found(series.get(QUIET))).hasSize(36).allMatch(gap -> gap.silence() == Silence.QUIET);
        assertThat(told.found(series.get(OUTAGE))).hasSize(36).allMatch(gap -> gap.silence() == Silence.OUTAGE);
    }

    @Test
    void shouldScanAsWholeWhatWasFilledAndVerified() {
        String run = tested.client.trigger(
                new Trigger(CandlesUnderTest.SCAN, null, SCAN_WINDOW, null, null, null, null, null, null, null, null));

        Report report = tested.client.awaitEnd(run, CandlesUnderTest.PATIENCE);

        assertThat(report.status()).as("%s", report).isEqualTo(RunStatus.COMPLETED);
        assertThat(report.ledgerAddsUp()).as("%s", report).isTrue();
        List<Played> scanned = series.all().stream()
                .filter(played -> played.series().exchange().equals(CandlesUnderTest.EXCHANGE))
                .toList();
        assertThat(report.counter("series_scanned")).isEqualTo(scanned.size());
        assertThat(report.counter("slots_present"))
                .as("%s", report)
                .isEqualTo(scanned.stream()
                        .mapToLong(played -> played.truth().size())
                        .sum());
        assertThat(report.counter("candles_filled")).as("%s", report).isZero();
        // Nobody trades after the files' end.
        assertThat(report.counter("verified_empty"))
                .as("%s", report)
                .isGreaterThanOrEqualTo(scanned.stream()
                        .mapToLong(played -> played.empty().size())
                        .sum());
    }

    /** Each quote is a heartbeat of its time, and known before the candles are. */
    private void quote(List<Instant> times) throws Exception {
        Topics topics = tested.system.topics();
        try (AutoCloseable detector = GapDetectorMain.start(tested.system.config())) {
            for (Instant time : times) {
                ProducerRecord<byte[], byte[]> heartbeat =
                        topics.heartbeats.toRecord(QUIET + ":BTC-EUR", "quote".getBytes(StandardCharsets.UTF_8));
                tested.client.send(new ProducerRecord<>(
                        heartbeat.topic(), null, time.toEpochMilli(), heartbeat.key(), heartbeat.value()));
            }
            await("the minutes of all quotes are known")
                    .atMost(CandlesUnderTest.PATIENCE)
                    .until(() -> tested.client.read(topics.seriesEvents).stream()
                                    .map(SystemClient.Valued::value)
                                    .filter(SeriesEvent.Active.class::isInstance)
                                    .distinct()
                                    .count()
                            == times.size());
        }
    }

    private void assertSettled(Played played) {
        assertThat(told.missing(played)).isEqualTo(played.missing());
        assertThat(told.verifiedEmpty(played)).isEqualTo(played.empty());
        assertThat(told.wrong()).isEmpty();
        assertThat(tested.cacheErrors(played)).isEmpty();
    }
}
