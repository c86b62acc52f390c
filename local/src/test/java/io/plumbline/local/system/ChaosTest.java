package io.plumbline.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.local.LocalParts;
import io.plumbline.local.LocalPorts;
import io.plumbline.local.LocalSystem;
import io.plumbline.local.chaos.CuttingProxy;
import io.plumbline.local.chaos.Disturbances;
import io.plumbline.local.chaos.Fleet;
import io.plumbline.local.chaos.Standstill;
import io.plumbline.reconciler.ReconcilerMain;
import io.plumbline.reconciler.feed.OutboxFeedMain;
import io.plumbline.repairer.RepairerMain;
import io.plumbline.runtime.TopicCreator;
import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.ticker.TickerMain;
import io.plumbline.topics.config.PostgresConfig;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every app as processes of their own, several of each; any of them is killed every few seconds, the broker and PostgreSQL
 * are restarted, and connections are cut and slow, while an application writes and drifts are planted. It goes on for {@code plumbline.chaos.seconds} seconds, 30
 * by default; {@code plumbline.chaos.seed} repeats a schedule of kills.
 */
class ChaosTest {

    private static final Logger LOG = LoggerFactory.getLogger(ChaosTest.class);

    private static final int ACCOUNTS = 3_000;
    private static final int CLIENTS = 500;
    private static final int PER_KIND = 10;
    private static final Duration LONGEST_COPY = Duration.ofMillis(800);
    private static final Duration WRITE_PAUSE = Duration.ofMillis(40);
    private static final Duration SLOW = Duration.ofMillis(20);
    private static final Duration DISTURBED = Duration.ofSeconds(Integer.getInteger("plumbline.chaos.seconds", 30));
    private static final Duration AT_MOST = Duration.ofMinutes(4);

    /** Its members read nothing: it decides which feed is active. */
    private static final String LEADERSHIP = "plumbline-outbox-feed";

    private final long seed = Long.getLong("plumbline.chaos.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    /** Kept where the test fails: the processes' logs are in it. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path directory;

    @Test
    void shouldRepairEachDriftOnceAndLoseNothingWhateverIsKilled() throws Exception {
        assertRepairedOnce(Fleet.OWN_CLASSPATH, scene -> disturbances(scene).run(DISTURBED));
    }

    /** Both versions read what either wrote, and one goes on from the other's state. */
    @Test
    void shouldRepairEachDriftOnceAndLoseNothingWhileEveryProcessIsUpgraded() throws Exception {
        assertRepairedOnce(
                Fleet.previousClasspath(),
                scene -> scene.fleet.upgradeEach(() -> {
                    String run = scene.client.trigger("accounts", true);
                    assertEnded(scene.client.awaitEnd(run, AT_MOST), scene.fleet);
                }));
    }

    private record Scene(LocalSystem system, TwoStores stores, SystemClient client, Ways ways, Fleet fleet) {}

    @FunctionalInterface
    private interface Plot {
        void play(Scene scene) throws Exception;
    }

    /** @param classpath of the version that the processes are at first */
    private void assertRepairedOnce(String classpath, Plot plot) throws Exception {
        try (LocalSystem system =
                LocalSystem.start(ConfigFile.parse(TwoStores.CONFIG, Map.of()), null, LocalPorts.any())) {
            TopicCreator.ensure(system.config().kafka(), system.topics());
            TwoStores stores = new TwoStores(system.config());
            stores.createTables();
            stores.fill(ACCOUNTS, CLIENTS, random);
            SystemClient client = new SystemClient(system.config().kafka(), system.topics());
            try (Ways ways = new Ways(system);
                    Fleet fleet = new Fleet(TwoStores.CONFIG, ways.addresses(), directory)) {
                startAll(fleet, classpath);
                awaitFeed(stores, client);

                PlantedDrift planted = new PlantedDrift(PER_KIND, ACCOUNTS, CLIENTS, random);
                planted.plant(stores);
                system.parts().mongo().recordWrites();
                List<String> runs = new ArrayList<>();
                try (Application ignored = new Application(
                        stores, ACCOUNTS, CLIENTS, LONGEST_COPY, WRITE_PAUSE, planted.entities(), random.nextLong())) {
                    runs.add(client.trigger("accounts", true));
                    runs.add(client.trigger("debts", true));
                    plot.play(new Scene(system, stores, client, ways, fleet));
                }
                for (String run : runs) {
                    assertEnded(client.awaitEnd(run, AT_MOST), fleet);
                }

                // Whatever a run that was disturbed has not decided, an undisturbed one does.
                Report accounts = client.awaitEnd(client.trigger("accounts", true), AT_MOST);
                Report debts = client.awaitEnd(client.trigger("debts", true), AT_MOST);
                assertThat(List.of(accounts, debts))
                        .as("seed %d: %s", seed, fleet.events())
                        .extracting(Report::status)
                        .containsOnly(RunStatus.COMPLETED);
                assertThat(stores.accountsThatDiffer()).isEmpty();
                assertThat(stores.debtsThatDiffer()).isEmpty();
                assertThat(stores.repairedEntities())
                        .as("seed %d: each planted entity repaired once, no other; %s", seed, fleet.events())
                        .containsExactlyInAnyOrderElementsOf(planted.entities());
                assertThat(stores.accountWrites())
                        .as("seed %d: no repair writes twice; %s", seed, fleet.events())
                        .containsAllEntriesOf(planted.accountsOnce());
                tell(system, fleet);
                assertThat(client.latestReports().values()).allSatisfy(report -> assertEnded(report, fleet));
                assertThat(client.read(system.topics().deadLetters)).isEmpty();
                try (Standstill standstill =
                        new Standstill(system.config().kafka().bootstrapServers(), Set.of(LEADERSHIP))) {
                    standstill.requireNone("seed %d, logs are in %s".formatted(seed, directory));
                }
            } finally {
                client.close();
                stores.close();
            }
        }
    }

    private static void startAll(Fleet fleet, String classpath) {
        int instances = Integer.getInteger("plumbline.chaos.instances", 2);
        fleet.start("ticker", TickerMain.class, classpath);
        for (int i = 1; i <= instances; i++) {
            fleet.start("reconciler-" + i, ReconcilerMain.class, classpath);
            fleet.start("repairer-" + i, RepairerMain.class, classpath);
        }
        fleet.start("feed-1", OutboxFeedMain.class, classpath);
        fleet.start("feed-2", OutboxFeedMain.class, classpath);
    }

    private static void awaitFeed(TwoStores stores, SystemClient client) {
        await("the outbox feed reads the log")
                .atMost(AT_MOST)
                .until(() -> stores.count("SELECT count(*) FROM pg_replication_slots WHERE active") == 1);
        client.awaitReport(
                "the end of the retry that the feed asks for when it begins",
                AT_MOST,
                report -> report.job().equals("accounts-outbox-retry")
                        && report.status().isFinal());
    }

    private Disturbances disturbances(Scene scene) {
        LocalParts parts = scene.system.parts();
        return new Disturbances(scene.fleet, random)
                .with("PostgreSQL", scene.ways.postgres, SLOW)
                .with("MongoDB", scene.ways.mongo, SLOW)
                .with("restart PostgreSQL", () -> scene.stores.restart(parts.postgres()))
                .with("restart the broker", () -> {
                    parts.kafka().stop();
                    parts.kafka().restart();
                });
    }

    /** What was done for nothing, since whoever did it was killed before that was committed. */
    private void tell(LocalSystem system, Fleet fleet) {
        String kafka = system.config().kafka().bootstrapServers();
        LOG.info(
                "seed {}, {} disturbances; segments compared: {}; repairs: {}",
                seed,
                fleet.events().size(),
                Tally.answers(kafka, system.topics().workAnswers),
                Tally.answers(kafka, system.topics().repairResults));
    }

    /** A run of the streams goes on until its hour is over. */
    private void assertEnded(Report report, Fleet fleet) {
        boolean continuous = report.runId().contains(".continuous.");
        assertThat(report.status().isFinal() || continuous)
                .as("seed %d: %s; %s", seed, report, fleet.events())
                .isTrue();
        assertThat(report.violations()).as("seed %d: %s", seed, report).isEmpty();
    }

    /** How the apps, and only they, reach the stores: the test may cut it. */
    private static final class Ways implements AutoCloseable {

        private final LocalSystem system;
        private final CuttingProxy postgres;
        private final CuttingProxy mongo;

        Ways(LocalSystem system) {
            this.system = system;
            postgres = new CuttingProxy(system.parts().postgres().port());
            mongo = new CuttingProxy(system.parts().mongo().port());
        }

        Map<String, String> addresses() {
            PostgresConfig declared = Objects.requireNonNull(system.config().postgres());
            return Map.of(
                    "PLUMBLINE_KAFKA_BOOTSTRAP_SERVERS",
                    system.config().kafka().bootstrapServers(),
                    "PLUMBLINE_KAFKA_REPLICATION_FACTOR",
                    "1",
                    "PLUMBLINE_POSTGRES_URL",
                    "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/postgres",
                    "PLUMBLINE_POSTGRES_USER",
                    declared.user(),
                    "PLUMBLINE_POSTGRES_PASSWORD",
                    declared.password(),
                    "PLUMBLINE_MONGO_URL",
                    "mongodb://127.0.0.1:" + mongo.port());
        }

        @Override
        public void close() {
            mongo.close();
            postgres.close();
        }
    }
}
