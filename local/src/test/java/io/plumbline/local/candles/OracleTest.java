package io.plumbline.local.candles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.local.demo.CandleFeed;
import io.plumbline.local.exchange.SimulatedMarket;
import io.plumbline.local.servers.OnProvidedServers;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunStatus;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.Timeframe;
import io.plumbline.topics.record.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/**
 * A feed that loses, doubles and disorders candles, over several symbols and timeframes, while the apps come and go: what is
 * found is what was lost, no more and no less, and in the end the cache has what the exchange has.
 */
@OnProvidedServers
class OracleTest {

    private static final Duration LATENESS = Duration.ofMinutes(10);
    private static final Duration WINDOW = Duration.ofHours(50);
    private static final int DOUBLED = 20;
    private static final int LATE = 4;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final SimulatedMarket market = new SimulatedMarket();

    private record Sent(SeriesKey series, Candle candle, long at) {}

    @Test
    void shouldFindWhatTheFeedLostAndNothingElseWhenItIsInDisorderAndTheAppsComeAndGo() throws Exception {
        MadeCandles made = new MadeCandles(market, Instant.now(), random);
        List<Played> all = new ArrayList<>();
        for (String symbol : List.of("A-EUR", "B-EUR", "C-EUR")) {
            all.add(made.series(symbol, "1m", 1_200, 15, 10));
            all.add(made.series(symbol, "5m", 500, 15, 10));
        }
        try (CandlesUnderTest tested = CandlesUnderTest.start(CandlesUnderTest.PATIENT, market)) {
            send(tested, all);
            tested.system.startApps();
            awaitThat("some is found", () -> !tested.told().latest().isEmpty());
            tested.system.stopApps();
            tested.system.startApps();
            awaitThat(
                    "some is answered",
                    () -> !tested.client
                            .read(tested.system.topics().backfillResults)
                            .isEmpty());
            tested.system.stopApps();
            tested.system.startApps();

            GapsTold told = tested.awaitSettled(all);

            for (Played played : all) {
                assertThat(told.missing(played)).as("seed %d", seed).isEqualTo(played.missing());
                assertThat(told.verifiedEmpty(played)).as("seed %d", seed).isEqualTo(played.empty());
            }
            assertThat(told.wrong()).as("seed %d", seed).isEmpty();
            assertThat(tested.cacheErrors(all)).as("seed %d", seed).isEmpty();
            assertLedgers(tested, all);
        }
    }

    private void assertLedgers(CandlesUnderTest tested, List<Played> all) {
        long missing = all.stream().mapToLong(played -> played.missing().size()).sum();
        Map<String, Long> continuous = tested.awaitContinuous(missing);
        assertThat(continuous)
                .as("seed %d", seed)
                .containsEntry("slots_missing", missing)
                .containsEntry(
                        "candles_filled",
                        all.stream().mapToLong(played -> played.lost().size()).sum())
                .containsEntry(
                        "verified_empty",
                        all.stream().mapToLong(played -> played.empty().size()).sum());
        String run = tested.client.trigger(
                new Trigger(CandlesUnderTest.SCAN, null, WINDOW, null, null, null, null, null, null, null, null));
        Report scan = tested.client.awaitEnd(run, CandlesUnderTest.PATIENCE);
        assertThat(scan.status()).as("seed %d: %s", seed, scan).isEqualTo(RunStatus.COMPLETED);
        assertThat(scan.counter("series_scanned")).isEqualTo(all.size());
        assertThat(scan.counter("gaps_found")).isZero();
        assertThat(tested.client.latestReports().values())
                .as("seed %d", seed)
                .noneMatch(report -> Boolean.FALSE.equals(report.ledgerAddsUp()));
    }

    /** What the feed has, in the order in which it comes: late by less than is allowed, some of it twice. */
    private void send(CandlesUnderTest tested, List<Played> all) throws Exception {
        List<Sent> sent = new ArrayList<>();
        for (Played played : all) {
            long length = Timeframe.parse(played.series().timeframe()).lengthMs();
            for (Candle candle : played.fed().values()) {
                long closed = candle.openTime() + length;
                sent.add(new Sent(played.series(), candle, closed + delay()));
                if (random.nextInt(DOUBLED) == 0) {
                    sent.add(new Sent(played.series(), candle, closed + delay()));
                }
            }
        }
        sent.sort(Comparator.comparingLong(Sent::at));
        try (CandleFeed feed = tested.openFeed()) {
            for (Sent one : sent) {
                feed.cache(one.series(), one.candle());
                feed.publish(one.series(), one.candle());
            }
            feed.flush();
        }
    }

    private long delay() {
        return random.nextInt(LATE) == 0 ? random.nextLong(LATENESS.toMillis()) : 0;
    }

    private void awaitThat(String what, Callable<Boolean> condition) {
        await(what + ", seed " + seed)
                .atMost(CandlesUnderTest.PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(condition);
    }
}
