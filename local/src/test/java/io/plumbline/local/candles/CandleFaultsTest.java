package io.plumbline.local.candles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.local.demo.CandleFeed;
import io.plumbline.local.exchange.ExchangeFaults;
import io.plumbline.local.exchange.SimulatedExchange;
import io.plumbline.local.exchange.SimulatedMarket;
import io.plumbline.local.servers.OnProvidedServers;
import io.plumbline.local.servers.Outage;
import io.plumbline.local.servers.Server;
import io.plumbline.topics.record.BackfillAnswer;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.Gap;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunStatus;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.Trigger;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/** The cache and the exchange go away, refuse and come back: nothing is lost, and what is in the cache is what is true. */
@OnProvidedServers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CandleFaultsTest {

    private static final Duration WINDOW = Duration.ofHours(12);
    private static final int ALLOWED = 51;

    private final long seed = new Random().nextLong();
    private final SimulatedMarket market = new SimulatedMarket();
    private final MadeCandles made = new MadeCandles(market, Instant.now(), new Random(seed));
    private CandlesUnderTest tested;
    private SimulatedExchange exchange;

    @BeforeAll
    void start() throws Exception {
        tested = CandlesUnderTest.start(CandlesUnderTest.PATIENT, market);
        exchange = tested.exchange();
        tested.system.startApps();
    }

    @AfterEach
    void mend() {
        exchange.setFaults(ExchangeFaults.none());
    }

    @AfterAll
    void stop() {
        exchange.close();
        tested.close();
    }

    @Test
    void shouldFillEverythingAgainWhenTheCacheIsKilledInTheMiddleOfAScanAndComesBackEmpty() throws Exception {
        List<Played> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            all.add(made.series("KILLED-" + i, "1m", 120, 20, 20));
        }
        tested.feed(all);
        tested.awaitSettled(all);
        List<String> symbols =
                all.stream().map(played -> played.series().symbol()).toList();

        String disturbed = scan(symbols, null);
        await("the scan is going on").atMost(CandlesUnderTest.PATIENCE).until(() -> answers(disturbed) >= 2);
        try (Outage away = tested.servers.takeAway(Server.REDIS)) {
            assertThat(answers(disturbed)).as("pieces of the scan").isLessThan(all.size() / 2);
            await(away.toString()).pollDelay(Duration.ofSeconds(1)).until(() -> true);
        }
        try (Jedis jedis = openRedis()) {
            jedis.flushAll();
        }
        Report first = tested.client.awaitEnd(disturbed, CandlesUnderTest.PATIENCE);
        Report second = tested.client.awaitEnd(scan(symbols, null), CandlesUnderTest.PATIENCE);

        assertThat(first.ledgerAddsUp()).as("%s", first).isTrue();
        assertThat(second.status()).as("%s", second).isEqualTo(RunStatus.COMPLETED);
        assertThat(second.ledgerAddsUp()).as("%s", second).isTrue();
        assertThat(first.counter("candles_filled") + second.counter("candles_filled"))
                .as("%s and %s", first, second)
                .isGreaterThan(100);
        assertWhole(all.stream().map(made::judged).toList());
    }

    @Test
    void shouldAskNothingBeforeTheTimeThatTheExchangeGaveWhenItThrottles() throws Exception {
        Duration pause = Duration.ofMinutes(1);
        Played played = made.series("THROTTLED", "1m", 250, 20, 10);
        long before = exchange.requests();
        exchange.throttle(pause);
        Instant until = Instant.now().plus(pause);

        tested.feed(List.of(played));
        await("the first request").atMost(CandlesUnderTest.PATIENCE).until(() -> exchange.requests() > before);
        await("the pause is almost over")
                .atMost(pause.plus(CandlesUnderTest.PATIENCE))
                .until(() -> Instant.now().isAfter(until.minusMillis(200)));
        assertThat(exchange.requests() - before).isEqualTo(1);

        assertWhole(List.of(played));
    }

    @Test
    void shouldLoseNothingWhenTheCacheIsOutOfMemoryForSomeSeconds() throws Exception {
        Played played = made.series("OOM", "1m", 250, 20, 10);
        try (CandleFeed feed = tested.openFeed();
                Jedis jedis = openRedis()) {
            played.fed().values().forEach(candle -> feed.cache(played.series(), candle));
            jedis.configSet("maxmemory", "1");
            try {
                played.fed().values().forEach(candle -> feed.publish(played.series(), candle));
                feed.flush();
                await("the cache takes nothing")
                        .atMost(CandlesUnderTest.PATIENCE)
                        .until(() -> statuses(played, BackfillAnswer.Status.UNAVAILABLE) >= 2);
            } finally {
                jedis.configSet("maxmemory", "0");
            }
        }

        assertWhole(List.of(played));
    }

    @Test
    void shouldSayInScansWhatIsMissingAndFillItLaterWhenTheExchangeIsAwayForLong() throws Exception {
        Played played = made.series("AWAY", "1m", 250, 1_000_000, 10);
        int port = URI.create(exchange.baseUrl()).getPort();
        exchange.close();
        Report away;
        try {
            tested.feed(List.of(played));
            await("the gaps are open")
                    .atMost(CandlesUnderTest.PATIENCE)
                    .until(() -> tested.told().missing(played).equals(played.missing()));
            away = tested.client.awaitEnd(scan(List.of("AWAY"), null), CandlesUnderTest.PATIENCE);
        } finally {
            exchange = SimulatedExchange.start(market, Clock.systemUTC(), port, ALLOWED);
        }

        assertThat(away.status()).as("%s", away).isEqualTo(RunStatus.COMPLETED_WITH_FAILURES);
        assertThat(away.ledgerAddsUp()).isTrue();
        assertThat(away.counter("still_missing")).isEqualTo(played.missing().size());
        assertThat(away.notes()).anySatisfy(note -> assertThat(note).containsIgnoringCase("connect"));
        assertWhole(List.of(played));
        Report back = tested.client.awaitEnd(scan(List.of("AWAY"), null), CandlesUnderTest.PATIENCE);
        assertThat(back.status()).as("%s", back).isEqualTo(RunStatus.COMPLETED);
        assertThat(back.counter("slots_present")).isEqualTo(back.counter("slots_expected"));
    }

    /** What the faults hit each time is given up, which is said; the next scan finds it again. */
    @Test
    void shouldVerifyAndFillNothingWrongWhenAnswersAreEmptyBrokenOrSlow() throws Exception {
        exchange.setFaults(new ExchangeFaults(5, 0, 13, 17, Duration.ofSeconds(1), Duration.ofSeconds(2)));
        List<Played> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(made.series("FAULTY-" + i, "1m", 600, 15, 15));
        }
        tested.feed(all);
        GapsTold told = tested.awaitSettled(all);
        exchange.setFaults(ExchangeFaults.none());
        List<String> symbols =
                all.stream().map(played -> played.series().symbol()).toList();
        Report scan = tested.client.awaitEnd(scan(symbols, null), CandlesUnderTest.PATIENCE);

        for (Played played : all) {
            assertThat(played.empty()).as("seed %d", seed).containsAll(told.verifiedEmpty(played));
            assertThat(told.found(played))
                    .as("seed %d", seed)
                    .filteredOn(gap -> gap.missing() > 0)
                    .allSatisfy(gap -> assertThat(gap.reason()).contains("the exchange's answers lack even"));
            assertThat(tested.told().verifiedEmpty(played)).as("seed %d", seed).isEqualTo(played.empty());
        }
        assertThat(told.wrong()).as("seed %d", seed).isEmpty();
        assertThat(scan.status()).as("seed %d: %s", seed, scan).isEqualTo(RunStatus.COMPLETED);
        assertThat(tested.cacheErrors(all)).as("seed %d", seed).isEmpty();
    }

    @Test
    void shouldReportAndFillNothingInADryRunAndFillWhatATriggerNames() throws Exception {
        Played named = made.series("NAMED", "1m", 250, 20, 20);
        Played other = made.series("OTHER", "1m", 250, 20, 20);
        tested.feed(List.of(named, other));
        assertWhole(List.of(named, other));
        List<Candle> taken = List.copyOf(named.truth().values()).subList(150, 160);
        try (CandleFeed feed = tested.openFeed()) {
            for (Played played : List.of(named, other)) {
                taken.forEach(candle -> feed.removeFromCache(played.series(), candle.openTime()));
            }
        }
        List<String> damage = tested.cacheErrors(List.of(named, other));

        Report dry = tested.client.awaitEnd(scan(List.of("NAMED", "OTHER/1m"), true), CandlesUnderTest.PATIENCE);
        assertThat(tested.cacheErrors(List.of(named, other))).containsExactlyInAnyOrderElementsOf(damage);
        Report filled = tested.client.awaitEnd(scan(List.of("NAMED/1m"), null), CandlesUnderTest.PATIENCE);

        assertThat(dry.status()).as("%s", dry).isEqualTo(RunStatus.COMPLETED_WITH_FAILURES);
        assertThat(dry.ledgerAddsUp()).isTrue();
        assertThat(dry.counter("still_missing")).isEqualTo(damage.size());
        assertThat(dry.counter("gaps_reported"))
                .isEqualTo(dry.counter("gaps_found"))
                .isPositive();
        assertThat(dry.notes()).isNotEmpty();
        assertThat(filled.status()).as("%s", filled).isEqualTo(RunStatus.COMPLETED);
        assertThat(filled.counter("series_scanned")).isEqualTo(1);
        assertThat(filled.counter("candles_filled")).isEqualTo(taken.size());
        assertThat(tested.cacheErrors(named)).isEmpty();
        assertThat(tested.cacheErrors(other)).isNotEmpty();
        assertThat(tested.requests().done()).isPositive();
        assertThat(tested.requests().duplicates()).as("nothing was disturbed").isZero();
    }

    @Test
    void shouldReportASeriesOnceWhenItsCandlesDoNotFitItsTimeframe() throws Exception {
        SeriesKey series = CandlesUnderTest.series("MISLABELLED", "5m");
        Played minutes = made.series("MINUTES", "1m", 100, 1_000_000, 1_000_000);
        try (CandleFeed feed = tested.openFeed()) {
            // Those of every fifth minute would fit.
            minutes.fed().values().stream()
                    .filter(candle -> candle.openTime() % Duration.ofMinutes(5).toMillis() != 0)
                    .forEach(candle -> feed.publish(series, candle));
            feed.flush();
        }

        await("all of them are dead letters")
                .atMost(CandlesUnderTest.PATIENCE)
                .until(() ->
                        tested.client.read(tested.system.topics().deadLetters).size() == 80);
        Report report = tested.client.awaitReport(
                "the report that names it",
                CandlesUnderTest.PATIENCE,
                told -> told.unreadable().stream().anyMatch(entry -> entry.key().equals(series.text())));
        assertThat(report.unreadable()).hasSize(1);
        assertThat(report.counter("mislabelled")).isEqualTo(1);
    }

    private void assertWhole(List<Played> all) {
        GapsTold told = tested.awaitSettled(all);
        assertThat(told.wrong()).as("seed %d", seed).isEmpty();
        for (Played played : all) {
            assertThat(told.found(played)).as("seed %d", seed).allMatch(gap -> gap.status() != Gap.Status.FAILED);
            assertThat(told.verifiedEmpty(played)).as("seed %d", seed).isEqualTo(played.empty());
        }
        assertThat(tested.cacheErrors(all)).as("seed %d", seed).isEmpty();
    }

    private String scan(List<String> keys, @Nullable Boolean dryRun) {
        return tested.client.trigger(
                new Trigger(CandlesUnderTest.SCAN, null, WINDOW, keys, null, dryRun, null, null, null, null, null));
    }

    private long answers(String run) {
        return tested.client.read(tested.system.topics().cacheScanAnswers).stream()
                .filter(answer -> answer.value().runId().equals(run))
                .count();
    }

    private long statuses(Played played, BackfillAnswer.Status status) {
        return tested.client.read(tested.system.topics().backfillResults).stream()
                .filter(answer -> answer.value().series().equals(played.series()))
                .filter(answer -> answer.value().status() == status)
                .count();
    }

    private Jedis openRedis() {
        return new Jedis(HostAndPort.from(
                Objects.requireNonNull(tested.system.config().redis()).nodes().getFirst()));
    }
}
