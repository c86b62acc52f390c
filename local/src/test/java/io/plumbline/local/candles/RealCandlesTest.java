package io.plumbline.local.candles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.detector.GapDetectorMain;
import io.plumbline.local.exchange.SimulatedExchange;
import io.plumbline.local.exchange.SimulatedMarket;
import io.plumbline.local.system.RealData;
import io.plumbline.topics.Topics;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.Candle.Origin;
import io.plumbline.topics.record.Gap;
import io.plumbline.topics.record.Gap.Silence;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunStatus;
import io.plumbline.topics.record.SeriesEvent;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.Timeframe;
import io.plumbline.topics.record.Trigger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealCandlesTest {

    private static final Duration SCAN_WINDOW = Duration.ofDays(25);
    private static final int LOST = 500;
    private static final int ALLOWED = 102;
    private static final String QUIET = "quiet";
    private static final String OUTAGE = "outage";

    private final Random random = new Random(1);
    private final SimulatedMarket market = new SimulatedMarket();
    private final Map<String, Played> all = new LinkedHashMap<>();
    private CandlesUnderTest tested;
    private SimulatedExchange others;
    private GapsTold told;

    @BeforeAll
    void play() throws Exception {
        Optional<Path> folder = RealData.folder("candles");
        assumeTrue(folder.isPresent(), RealData.REASON);
        Path files = folder.orElseThrow();
        others = SimulatedExchange.start(market, Clock.systemUTC(), 0, ALLOWED);
        String config = CandlesUnderTest.withExchange(CandlesUnderTest.CONFIG, QUIET, others.baseUrl());
        tested = CandlesUnderTest.start(CandlesUnderTest.withExchange(config, OUTAGE, others.baseUrl()), market);
        Instant end = Instant.now();

        Recording unittest = read(files, "freqtrade/UNITTEST_BTC-1m.json", "UNITTEST-BTC", "1m", end);
        add("all made up", unittest, unittest.missing());
        add("half made up", renamed(unittest, "HALF-BTC"), half(unittest.missing()));
        Recording lossy = renamed(unittest, "LOSSY-BTC");
        NavigableMap<Long, Candle> lossyTruth = madeUp(lossy, lossy.missing());
        Set<Long> lost = some(lossyTruth, LOST);
        lost.addAll(lossy.missing());
        add("loses", Played.without(lossy.series(), lossyTruth, lost));
        for (String pair : List.of("TRX", "DASH", "ETH", "LTC")) {
            Recording five = read(files, "freqtrade/" + pair + "_BTC-5m.csv", pair + "-BTC", "5m", end);
            add(pair, five, five.missing());
        }
        Recording xrp = read(files, "freqtrade/XRP_ETH-1m.csv", "XRP-ETH", "1m", end);
        market.trades("XRP-ETH", xrp.trades(files.resolve("freqtrade/XRP_ETH-trades.json.gz")));
        all.put("trades", new Played(xrp.series(), xrp.candles(), xrp.candles()));
        for (String day : List.of("20161007", "20170903", "20170904")) {
            Recording btc = read(files, "coinbase/btcusd-" + day + "_trade.csv", "BTC-" + day, "1m", end);
            add(day, btc, btc.missing());
        }
        Recording eur = read(files, "coinbase/btceur-20180405_trade.csv", "BTC-EUR", "1m", end);
        for (String exchange : List.of(QUIET, OUTAGE)) {
            SeriesKey series = new SeriesKey(exchange, "BTC-EUR", "1m");
            add(exchange, new Played(series, eur.candles(), eur.candles()));
        }
        quote(eur.times(files.resolve("coinbase/btceur-20180405_quote.csv")));

        tested.feed(all.values());
        tested.system.startApps();
        told = tested.awaitSettled(all.values());
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
        "half made up, 14398, 13681, 538, 423, 7, 359, 358",
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
        Played played = played(which);
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
    void shouldFillWhatTheFeedLostToo() {
        Played played = played("loses");

        assertThat(played.missing()).hasSize(717 + LOST);
        assertThat(told.found(played).stream().mapToLong(Gap::filled).sum()).isEqualTo(717 + LOST);
        assertSettled(played);
    }

    @Test
    void shouldCallASilenceQuietWhereQuotesWentOnAndAnOutageWhereNothingDid() {
        assertThat(told.found(played(QUIET))).hasSize(36).allMatch(gap -> gap.silence() == Silence.QUIET);
        assertThat(told.found(played(OUTAGE))).hasSize(36).allMatch(gap -> gap.silence() == Silence.OUTAGE);
    }

    @Test
    void shouldScanAsWholeWhatWasFilledAndVerified() {
        String run = tested.client.trigger(
                new Trigger(CandlesUnderTest.SCAN, null, SCAN_WINDOW, null, null, null, null, null, null, null, null));

        Report report = tested.client.awaitEnd(run, CandlesUnderTest.PATIENCE);

        assertThat(report.status()).as("%s", report).isEqualTo(RunStatus.COMPLETED);
        assertThat(report.ledgerAddsUp()).as("%s", report).isTrue();
        List<Played> scanned = all.values().stream()
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
                                    .filter(event -> event.value() instanceof SeriesEvent.Active)
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

    private Played played(String which) {
        return Objects.requireNonNull(all.get(which), which);
    }

    private static Recording read(Path files, String file, String symbol, String timeframe, Instant end)
            throws Exception {
        return Recording.read(files.resolve(file), CandlesUnderTest.series(symbol, timeframe), end);
    }

    private static Recording renamed(Recording recording, String symbol) {
        SeriesKey series = CandlesUnderTest.series(symbol, recording.series().timeframe());
        return new Recording(series, recording.shiftMs(), recording.candles());
    }

    /** @param known slots that the exchange has a candle of, beside those recorded */
    private void add(String which, Recording recording, Collection<Long> known) {
        add(which, new Played(recording.series(), recording.candles(), madeUp(recording, known)));
    }

    private void add(String which, Played played) {
        market.candles(
                played.series().symbol(),
                Timeframe.parse(played.series().timeframe()),
                played.truth().values());
        all.put(which, played);
    }

    private static NavigableMap<Long, Candle> madeUp(Recording recording, Collection<Long> slots) {
        Timeframe timeframe = Timeframe.parse(recording.series().timeframe());
        NavigableMap<Long, Candle> truth = new TreeMap<>(recording.candles());
        for (long slot : slots) {
            Candle before = recording.candles().lowerEntry(slot).getValue();
            truth.put(
                    slot,
                    new Candle(
                            timeframe.openTimeOf(slot),
                            before.close(),
                            before.close(),
                            before.close(),
                            before.close(),
                            before.volume(),
                            0,
                            Origin.BACKFILL,
                            true));
        }
        return truth;
    }

    /** Every other of them. */
    private Set<Long> half(Collection<Long> slots) {
        List<Long> shuffled = new ArrayList<>(slots);
        Collections.shuffle(shuffled, random);
        return new TreeSet<>(shuffled.subList(0, (shuffled.size() + 1) / 2));
    }

    /** Some slots that have a candle in the file, but neither the first nor the last. */
    private Set<Long> some(NavigableMap<Long, Candle> truth, int count) {
        List<Long> inner = truth.headMap(truth.lastKey(), false).tailMap(truth.firstKey(), false).entrySet().stream()
                .filter(entry -> entry.getValue().origin() == Origin.LIVE)
                .map(Map.Entry::getKey)
                .collect(Collectors.toList());
        Collections.shuffle(inner, random);
        return new TreeSet<>(inner.subList(0, count));
    }
}
