package io.plumbline.local.candles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import io.plumbline.detector.GapDetectorMain;
import io.plumbline.local.chaos.CuttingProxy;
import io.plumbline.local.chaos.Disturbances;
import io.plumbline.local.chaos.Fleet;
import io.plumbline.local.chaos.Standstill;
import io.plumbline.local.exchange.SimulatedMarket;
import io.plumbline.local.servers.Servers;
import io.plumbline.repairer.RepairerMain;
import io.plumbline.stores.CandleCache.SeriesWindow;
import io.plumbline.topics.record.BackfillAnswer.Status;
import io.plumbline.topics.record.SlotRange;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gap-detector and the repairer as processes of their own, killed (SIGKILL) while they find and fill: wherever between
 * reading, asking, writing and committing it hits them, the end is the same as without.
 */
class KilledAppsTest {

    private static final Logger LOG = LoggerFactory.getLogger(KilledAppsTest.class);

    private static final Duration AT_MOST = Duration.ofMinutes(4);
    private static final Duration DISTURBED = Duration.ofSeconds(Integer.getInteger("plumbline.chaos.seconds", 30));
    private static final Duration SLOW = Duration.ofMillis(20);
    private static final int SERIES = 24;
    private static final int TRIES = 5;
    private static final String DETECTOR = "gap-detector";
    private static final String REPAIRER = "repairer";

    /** Kept where the test fails: the processes' logs are in it. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path directory;

    private final long seed = Long.getLong("plumbline.chaos.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final SimulatedMarket market = new SimulatedMarket();

    @Test
    void shouldEndAsIfNothingHadHappenedWhenAppsAreKilledWhileTheyFindAndFill() throws Exception {
        MadeCandles made = new MadeCandles(market, Instant.now(), random);
        List<Played> all = new ArrayList<>();
        for (int i = 0; i < SERIES; i++) {
            all.add(made.series("S" + i, "1m", 300, 12, 12));
        }
        String slow = CandlesUnderTest.PATIENT.replace("requests-per-second: 50", "requests-per-second: 10");
        try (CandlesUnderTest tested = CandlesUnderTest.start(Servers.embedded(null), slow, market)) {
            tested.feed(all);
            try (Fleet fleet = new Fleet(addressed(slow, tested, tested.redis().node()), Map.of(), directory)) {
                fleet.start(DETECTOR, GapDetectorMain.class);
                fleet.start(REPAIRER, RepairerMain.class);

                awaitThat("gaps are found", () -> found(tested) > random.nextInt(100));
                fleet.replace(DETECTOR);
                killBetweenWriteAndCommit(fleet, tested, all);
                awaitThat("more is filled", () -> answers(tested) > 15 + random.nextInt(8));
                fleet.replace(REPAIRER);
                fleet.replace(DETECTOR);
                assertThat(all.stream().allMatch(tested.told()::isSettled))
                        .as("killed too late, seed %d", seed)
                        .isFalse();

                assertAsIfNothingHadHappened(tested, all);
            }
        }
    }

    /** Several of each app, any of which is killed; the broker and Redis are restarted, and Redis is cut off and slow. */
    @Test
    void shouldEndAsIfNothingHadHappenedWhateverIsKilledRestartedAndCut() throws Exception {
        assertSettledAfter(Fleet.OWN_CLASSPATH, scene -> {
            Disturbances disturbances = new Disturbances(scene.fleet, random)
                    .with("Redis", scene.redis, SLOW)
                    .with("restart Redis", () -> {
                        scene.tested.redis().stop();
                        scene.tested.redis().restart();
                    })
                    .with("restart the broker", () -> {
                        scene.tested.system.parts().kafka().stop();
                        scene.tested.system.parts().kafka().restart();
                    });
            for (int i = 0; i < 3; i++) {
                disturbances.with("feed more", scene::feedMore);
            }
            disturbances.run(DISTURBED);
        });
    }

    /** Both versions read what either wrote, and one goes on from the other's state. */
    @Test
    void shouldEndAsIfNothingHadHappenedWhileEveryProcessIsUpgraded() throws Exception {
        assertSettledAfter(
                Fleet.previousClasspath(),
                scene -> scene.fleet.upgradeEach(() -> {
                    long told = found(scene.tested);
                    scene.feedMore();
                    awaitThat("more gaps are found", () -> found(scene.tested) > told);
                }));
    }

    /** What is fed, and how the apps, and only they, reach the cache: the test may cut it. */
    private record Scene(CandlesUnderTest tested, MadeCandles made, CuttingProxy redis, Fleet fleet, List<Played> fed) {

        void feedMore() throws Exception {
            feed(tested, fed, made);
        }
    }

    @FunctionalInterface
    private interface Plot {
        void play(Scene scene) throws Exception;
    }

    /** @param classpath of the version that the processes are at first */
    private void assertSettledAfter(String classpath, Plot plot) throws Exception {
        MadeCandles made = new MadeCandles(market, Instant.now(), random);
        String slow = CandlesUnderTest.PATIENT.replace("requests-per-second: 50", "requests-per-second: 10");
        try (CandlesUnderTest tested =
                        CandlesUnderTest.start(Servers.embedded(directory.resolve("parts")), slow, market);
                CuttingProxy redis = new CuttingProxy(tested.redis().port());
                Fleet fleet = new Fleet(addressed(slow, tested, "127.0.0.1:" + redis.port()), Map.of(), directory)) {
            Scene scene = new Scene(tested, made, redis, fleet, new ArrayList<>());
            scene.feedMore();
            List<Played> before = List.copyOf(scene.fed);
            for (int i = 1; i <= Integer.getInteger("plumbline.chaos.instances", 2); i++) {
                fleet.start(DETECTOR + "-" + i, GapDetectorMain.class, classpath);
                fleet.start(REPAIRER + "-" + i, RepairerMain.class, classpath);
            }
            awaitThat("gaps are found", () -> found(tested) > 0);
            plot.play(scene);

            String context = "seed %d, %s, logs are in %s".formatted(seed, fleet.events(), directory);
            GapsTold told = tested.awaitSettled(scene.fed);
            assertNoneLate(told, before, context);
            assertSettled(tested, told, scene.fed, context);
            assertThat(tested.client.read(tested.system.topics().deadLetters))
                    .as(context)
                    .isEmpty();
            try (Standstill standstill =
                    new Standstill(tested.system.config().kafka().bootstrapServers(), Set.of())) {
                standstill.requireNone(context);
            }
            LOG.info(
                    "seed {}, {}; requests: {}; slots told too early: {}",
                    seed,
                    fleet.events(),
                    tested.requests(),
                    sum(scene.fed, played -> late(told, played).size()));
        }
    }

    /** What the feed brought from the first to the last of some slots. */
    private static Set<Long> fedWithin(Set<Long> slots, Played played) {
        return slots.isEmpty()
                ? Set.of()
                : played.fed()
                        .subMap(Collections.min(slots), true, Collections.max(slots), true)
                        .keySet();
    }

    private static void feed(CandlesUnderTest tested, List<Played> all, MadeCandles made) throws Exception {
        List<Played> more = new ArrayList<>();
        for (int i = 0; i < SERIES; i++) {
            more.add(made.series("S" + (all.size() + i), "1m", 300, 12, 12));
        }
        tested.feed(more);
        all.addAll(more);
    }

    /** A batch is answered at its end: what has just come into the cache is not committed. */
    private void killBetweenWriteAndCommit(Fleet fleet, CandlesUnderTest tested, List<Played> all) {
        for (int i = 0; i < TRIES; i++) {
            long committed = filled(tested);
            awaitThat("more is written", () -> written(tested, all) > committed);
            fleet.kill(REPAIRER);
            long written = written(tested, all);
            boolean between = filled(tested) < written;
            fleet.restartEnded();
            if (between) {
                return;
            }
        }
        fail("the commit was always faster, seed " + seed);
    }

    /** Candles in the cache beside those of the feed. */
    private static long written(CandlesUnderTest tested, List<Played> all) {
        List<SeriesWindow> whole = all.stream()
                .map(played -> new SeriesWindow(played.series(), 0, Long.MAX_VALUE / 4))
                .toList();
        return tested.cache.counts(whole).stream().mapToLong(Long::longValue).sum()
                - sum(all, played -> played.fed().size());
    }

    private static long filled(CandlesUnderTest tested) {
        return tested.client.read(tested.system.topics().backfillResults).stream()
                .mapToLong(answer -> SlotRange.size(answer.value().filled()))
                .sum();
    }

    private void assertAsIfNothingHadHappened(CandlesUnderTest tested, List<Played> all) {
        String context = "seed %d, logs are in %s".formatted(seed, directory);
        GapsTold told = tested.awaitSettled(all);
        assertNoneLate(told, all, context);
        assertSettled(tested, told, all, context);
    }

    private static void assertNoneLate(GapsTold told, List<Played> fed, String context) {
        for (Played played : fed) {
            assertThat(late(told, played)).as(context).isEmpty();
        }
    }

    /**
     * All gaps are settled, and only what was not there in time was found. Candles that are fed while the apps run are old
     * already: where a time is written among those of a series, the rest of them is overdue, and there after all. That is
     * one stretch of slots.
     */
    private static void assertSettled(CandlesUnderTest tested, GapsTold told, List<Played> all, String context) {
        assertThat(told.wrong()).as(context).isEmpty();
        for (Played played : all) {
            assertThat(told.missing(played)).as(context).containsAll(played.missing());
            assertThat(late(told, played)).as(context).isEqualTo(fedWithin(late(told, played), played));
            assertThat(told.verifiedEmpty(played)).as(context).isEqualTo(played.empty());
        }
        assertThat(tested.cacheErrors(all)).as(context).isEmpty();

        long late = sum(all, played -> late(told, played).size());
        long missing = sum(all, played -> played.missing().size()) + late;
        Map<String, Long> ledger = tested.awaitContinuous(missing);
        assertThat(ledger)
                .as("%d slots too early; %s", late, context)
                .containsEntry("slots_missing", missing)
                .containsEntry("slots_expected", missing)
                .containsEntry(
                        "verified_empty", sum(all, played -> played.empty().size()))
                .containsEntry(
                        "gaps_found", sum(all, played -> told.found(played).size()));
        long filled = ledger.getOrDefault("candles_filled", 0L);
        long there = ledger.getOrDefault("slots_present", 0L);
        assertThat(filled + there)
                .as("%s; %s", ledger, context)
                .isEqualTo(sum(all, played -> played.lost().size()) + late);
        assertThat(there).as("%s; %s", ledger, context).isLessThanOrEqualTo(late);
        assertThat(ledger.getOrDefault("still_missing", 0L)).as(context).isZero();
    }

    /** Slots that were found missing, and that the feed brought. */
    private static Set<Long> late(GapsTold told, Played played) {
        Set<Long> late = new TreeSet<>(told.missing(played));
        late.removeAll(played.missing());
        return late;
    }

    private static long sum(Collection<Played> all, ToLongFunction<Played> count) {
        return all.stream().mapToLong(count).sum();
    }

    private void awaitThat(String what, Callable<Boolean> condition) {
        await(what + ", seed " + seed)
                .atMost(AT_MOST)
                .pollInterval(Duration.ofMillis(100))
                .until(condition);
    }

    /** How often a gap was told of. */
    private static long found(CandlesUnderTest tested) {
        return tested.client.read(tested.system.topics().gaps).size();
    }

    private static long answers(CandlesUnderTest tested) {
        return tested.client.read(tested.system.topics().backfillResults).stream()
                .filter(answer -> answer.value().status() == Status.DONE)
                .count();
    }

    /** A configuration file of the tests with the addresses of a running system. */
    private static String addressed(String config, CandlesUnderTest tested, String redis) {
        String kafka =
                "{ bootstrap-servers: \"%s\", partitions: 2, properties: { session.timeout.ms: 6000, heartbeat.interval.ms: 1000 } }"
                        .formatted(tested.system.config().kafka().bootstrapServers());
        return config.replace("{ bootstrap-servers: \"replaced:1\", partitions: 2 }", kafka)
                .replace("nodes: [\"replaced:1\"]", "nodes: [\"%s\"]".formatted(redis))
                .replace("http://replaced", tested.exchange().baseUrl());
    }
}
