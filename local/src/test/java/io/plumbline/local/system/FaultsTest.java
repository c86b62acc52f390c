package io.plumbline.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.local.servers.OnProvidedServers;
import io.plumbline.local.servers.Outage;
import io.plumbline.local.servers.Server;
import io.plumbline.local.servers.Servers;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunStatus;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Stores and the broker go away and come back; commands come twice: the run ends, its ledger adds up, nothing is lost. */
@OnProvidedServers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsTest {

    private static final int ACCOUNTS = 6_000;
    private static final int CLIENTS = 500;
    private static final int PER_KIND = 20;
    private static final int PLANTED_ACCOUNTS = 4 * PER_KIND;
    private static final Duration AT_MOST = Duration.ofMinutes(4);

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private SystemUnderTest tested;

    @BeforeAll
    void start() throws Exception {
        tested = SystemUnderTest.start(ACCOUNTS, CLIENTS, seed);
    }

    @AfterAll
    void stop() throws Exception {
        tested.close();
    }

    @Test
    void shouldGoOnWhenMongoWasAwayForAWhile() throws Exception {
        plant();
        String run = tested.client.trigger("accounts", true);
        tested.client.awaitReport(
                "the run begins", AT_MOST, report -> report.runId().equals(run));

        try (Outage away = tested.servers.takeAway(Server.MONGO)) {
            await().pollDelay(Servers.SILENCE.plusSeconds(3)).until(() -> true);
            assertThat(Objects.requireNonNull(tested.client.latestReports().get(run))
                            .status())
                    .as("%s", away)
                    .isEqualTo(RunStatus.RUNNING);
        }

        assertRepairedAll(run);
    }

    @Test
    void shouldGoOnWhenPostgresWasAwayForAWhile() throws Exception {
        plant();
        String run = tested.client.trigger("accounts", true);
        tested.client.awaitReport(
                "the run begins", AT_MOST, report -> report.runId().equals(run));

        awayFor(Server.POSTGRES, Servers.SILENCE.plusSeconds(3));
        tested.stores.reconnect();

        assertRepairedAll(run);
    }

    @Test
    void shouldGoOnWhenTheBrokerWasRestarted() throws Exception {
        plant();
        String run = tested.client.trigger("accounts", true);
        tested.client.awaitReport(
                "the run begins", AT_MOST, report -> report.runId().equals(run));

        awayFor(Server.KAFKA, Duration.ofSeconds(1));

        assertRepairedAll(run);
    }

    @Test
    void shouldSkipTheComparisonOnlyWhenMongoStaysAway() throws Exception {
        try (Outage away = tested.servers.takeAway(Server.MONGO)) {
            String first =
                    tested.client.trigger("accounts-hourly", null).replace("accounts-hourly", "accounts-outbox-retry");

            Report retry = tested.client.awaitEnd(first, AT_MOST);
            Report compare = tested.client.awaitEnd("accounts.after." + first, AT_MOST);
            Report cleanUp = tested.client.awaitEnd("accounts-clean-up.after." + compare.runId(), AT_MOST);

            assertThat(retry.status().isFinal()).isTrue();
            assertThat(compare.status()).as("%s", compare).isEqualTo(RunStatus.SKIPPED);
            assertThat(compare.notes()).anySatisfy(note -> assertThat(note).containsIgnoringCase("mongo"));
            assertThat(cleanUp.status()).isEqualTo(RunStatus.COMPLETED);
        }
    }

    @Test
    void shouldHaveNoDoubleEffectWhenEveryCommandIsDeliveredTwice() throws Exception {
        PlantedDrift planted = plant();
        int before = tested.stores.repairedEntities().size();

        try (CommandDoubler doubler = new CommandDoubler(tested.system.config().kafka(), tested.system.topics())) {
            assertRepairedAll(tested.client.trigger("accounts", true));
            assertThat(doubler.doubled()).isGreaterThan(2L * PLANTED_ACCOUNTS);
        }

        List<String> repaired = tested.stores.repairedEntities();
        Set<String> accounts = new HashSet<>(planted.entities());
        accounts.removeIf(entity -> !entity.startsWith("accounts/"));
        assertThat(repaired.subList(before, repaired.size()))
                .as("seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(accounts);
    }

    @Test
    void shouldDeadLetterWithWhereAndWhyWhenARecordIsMalformed() throws Exception {
        String topic = tested.system.topics().manualTrigger.name();
        tested.client.send(
                new ProducerRecord<>(topic, null, "no JSON".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        tested.client.send(new ProducerRecord<>(
                topic,
                null,
                "{\"job\":\"nonsense\",\"requestId\":\"r-unknown\"}"
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)));

        await("both are dead letters")
                .atMost(Duration.ofSeconds(30))
                .until(() -> tested.client.read(tested.system.topics().deadLetters).stream()
                                .filter(letter -> letter.value().topic().equals(topic))
                                .count()
                        >= 2);
        Report report = tested.client.awaitReport(
                "the report of the unknown job", AT_MOST, found -> found.runId().contains("r-unknown"));
        assertThat(report.status()).isEqualTo(RunStatus.FAILED);
        assertThat(report.notes()).anySatisfy(note -> assertThat(note).contains("nonsense"));

        String run = tested.client.trigger("accounts", false);
        assertThat(tested.client.awaitEnd(run, AT_MOST).status().isFinal()).isTrue();
    }

    private void awayFor(Server server, Duration time) {
        try (Outage away = tested.servers.takeAway(server)) {
            await(away.toString()).pollDelay(time).until(() -> true);
        }
    }

    private PlantedDrift plant() throws Exception {
        assertThat(tested.stores.accountsThatDiffer()).as("equal before").isEmpty();
        PlantedDrift planted = new PlantedDrift(PER_KIND, ACCOUNTS, CLIENTS, random);
        planted.plant(tested.stores);
        return planted;
    }

    private void assertRepairedAll(String run) throws Exception {
        Report report = tested.client.awaitEnd(run, AT_MOST);
        assertThat(tested.stores.accountsThatDiffer())
                .as("seed %d: %s", seed, report)
                .isEmpty();
        assertThat(report.status()).as("seed %d: %s", seed, report).isEqualTo(RunStatus.COMPLETED);
        assertThat(report.ledgerAddsUp()).isTrue();
        assertThat(report.counter("repaired")).as("%s", report).isEqualTo(PLANTED_ACCOUNTS);
    }
}
