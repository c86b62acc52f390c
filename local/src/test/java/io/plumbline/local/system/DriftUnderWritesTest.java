package io.plumbline.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.local.servers.OnProvidedServers;
import io.plumbline.local.system.PlantedDrift.Kind;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** No planted drift is missed, none is invented, all are repaired, while an application goes on writing both stores. */
@OnProvidedServers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DriftUnderWritesTest {

    private static final int ACCOUNTS = 12_500;
    private static final int CLIENTS = 2_500;
    private static final int PER_KIND = 50;
    private static final Duration LONGEST_COPY = Duration.ofMillis(800);
    private static final Duration AT_MOST = Duration.ofMinutes(3);

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private SystemUnderTest tested;

    @BeforeAll
    void start() throws Exception {
        // How much the application writes beside what it never copies depends on the machine: no share is too high
        // here.
        String config = TwoStores.CONFIG.replace("extras: delete", "extras: delete\n    breaker: { max-ratio: 1 }");
        tested = SystemUnderTest.start(config, ACCOUNTS, CLIENTS, seed);
    }

    @AfterAll
    void stop() throws Exception {
        tested.close();
    }

    @Test
    @Order(1)
    void shouldFindAndRepairExactlyWhatWasPlantedWhenAnApplicationGoesOnWriting() throws Exception {
        PlantedDrift planted = new PlantedDrift(PER_KIND, ACCOUNTS, CLIENTS, random);
        planted.plant(tested.stores);
        boolean recorded = tested.servers.recordWrites();
        Report accounts;
        Report debts;
        long writes;

        try (Application application = application(planted.entities())) {
            String accountsRun = tested.client.trigger("accounts", true);
            String debtsRun = tested.client.trigger("debts", true);
            accounts = tested.client.awaitEnd(accountsRun, AT_MOST);
            debts = tested.client.awaitEnd(debtsRun, AT_MOST);
            writes = application.writes();
        }

        assertThat(writes).as("seed %d: writes of the application", seed).isGreaterThan(100);
        assertRepairedAll(accounts, 2 * PER_KIND, PER_KIND, PER_KIND);
        assertRepairedAll(debts, PER_KIND, PER_KIND, PER_KIND);
        assertThat(accounts.counter("checked")).isEqualTo(ACCOUNTS + PER_KIND);
        assertThat(debts.counter("checked")).isEqualTo((long) CLIENTS * TwoStores.CREDITORS + PER_KIND);
        assertThat(tested.stores.repairedEntities())
                .as("seed %d: each planted entity repaired once, no other", seed)
                .containsExactlyInAnyOrderElementsOf(planted.entities());
        assertThat(tested.stores.accountsThatDiffer()).isEmpty();
        assertThat(tested.stores.debtsThatDiffer()).isEmpty();
        if (recorded) {
            assertThat(tested.stores.accountWrites())
                    .as("seed %d: writes of the copies of planted entities", seed)
                    .containsAllEntriesOf(planted.accountsOnce());
        }
        String kafka = tested.system.config().kafka().bootstrapServers();
        assertThat(Tally.answers(kafka, tested.system.topics().workAnswers).duplicates())
                .isZero();
        assertThat(Tally.answers(kafka, tested.system.topics().repairResults).duplicates())
                .isZero();
        assertThat(tested.client.latestReports().values())
                .filteredOn(report -> report.runId().contains(".continuous."))
                .allSatisfy(report -> assertThat(
                                report.counter("missing") + report.counter("different") + report.counter("extra"))
                        .as("seed %d: false drifts of %s", seed, report.runId())
                        .isZero());
    }

    private void assertRepairedAll(Report report, long different, long missing, long extra) {
        assertThat(report.status()).as("seed %d: %s", seed, report).isEqualTo(RunStatus.COMPLETED);
        assertThat(report.ledgerAddsUp()).isTrue();
        assertThat(report.counter("different")).as("%s", report).isEqualTo(different);
        assertThat(report.counter("missing")).isEqualTo(missing);
        assertThat(report.counter("extra")).isEqualTo(extra);
        assertThat(report.counter("repaired")).isEqualTo(different + missing + extra);
    }

    @Test
    @Order(2)
    void shouldFindAndRepairWithinSecondsWhenTheApplicationCrashesBetweenItsTwoWrites() throws Exception {
        Set<String> crashed = new HashSet<>();
        while (crashed.size() < 100) {
            crashed.add("accounts/" + (1L + random.nextInt(ACCOUNTS)));
        }
        int before = tested.stores.repairedEntities().size();

        try (Application application = application(crashed)) {
            for (String entity : crashed) {
                long id = Long.parseLong(entity.substring("accounts/".length()));
                tested.stores.writeAccount(id, "Never copied " + id, BigDecimal.valueOf(id));
            }
            await("the repair of what was never copied")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> tested.stores.repairedEntities().size() >= before + crashed.size());
        }

        assertThat(tested.stores.repairedEntities().stream().skip(before))
                .as("seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(crashed);
        assertThat(tested.stores.accountsThatDiffer()).isEmpty();
        await("every outbox row is marked, since its effect was seen")
                .atMost(Duration.ofSeconds(60))
                .until(() ->
                        tested.stores.count("SELECT count(*) FROM outbox_messages WHERE processed_at IS NULL") == 0);
        await("every drift is closed")
                .atMost(Duration.ofSeconds(30))
                .until(() -> openDrifts().isEmpty());
    }

    private Set<String> openDrifts() {
        Set<String> open = new HashSet<>();
        tested.client.readKeyed(tested.system.topics().drifts).forEach(drift -> {
            if (drift.value() == null) {
                open.remove(drift.key());
            } else {
                open.add(drift.key());
            }
        });
        return open;
    }

    @Test
    @Order(3)
    void shouldTakeRepairsBackWhenARunIsUndone() throws Exception {
        PlantedDrift planted = new PlantedDrift(5, ACCOUNTS, CLIENTS, random);
        planted.plant(tested.stores);
        Report repaired = tested.client.awaitEnd(tested.client.trigger("accounts", true), AT_MOST);
        assertThat(repaired.counter("repaired")).isEqualTo(20);

        Report undone = tested.client.awaitEnd(tested.client.undo("accounts", repaired.runId()), AT_MOST);

        assertThat(undone.status()).as("%s", undone).isEqualTo(RunStatus.COMPLETED);
        assertThat(tested.stores.accountsThatDiffer())
                .containsExactlyInAnyOrderElementsOf(planted.entities(
                        Kind.DOCUMENT_MISSING, Kind.FIELD_DIFFERENT, Kind.NESTED_FIELD_MISSING, Kind.DOCUMENT_EXTRA));

        Report parked = tested.client.awaitEnd(tested.client.trigger("accounts", true), AT_MOST);

        assertThat(parked.counter("repaired")).as("undone entities are parked").isZero();
        assertThat(parked.counter("skipped")).isEqualTo(20);

        Report released = tested.client.awaitEnd(tested.client.approve("accounts", undone.runId()), AT_MOST);

        assertThat(released.counter("repaired")).as("%s", released).isEqualTo(20);
        assertThat(tested.stores.accountsThatDiffer()).isEmpty();
    }

    private Application application(Set<String> avoided) {
        return new Application(
                tested.stores, ACCOUNTS, CLIENTS, LONGEST_COPY, Duration.ofMillis(5), avoided, random.nextLong());
    }
}
