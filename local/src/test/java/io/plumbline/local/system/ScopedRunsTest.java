package io.plumbline.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.local.servers.OnProvidedServers;
import io.plumbline.local.system.PlantedDrift.Kind;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunStatus;
import io.plumbline.topics.record.Scope;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A run finds and repairs what is in its scope, and touches nothing else. */
@OnProvidedServers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScopedRunsTest {

    private static final int ACCOUNTS = 3_000;
    private static final int CLIENTS = 100;
    private static final int PER_KIND = 20;
    private static final Duration WINDOW = Duration.ofHours(2);
    private static final Duration LONGEST_COPY = Duration.ofMillis(800);
    private static final Duration AT_MOST = Duration.ofMinutes(1);

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
    @Order(1)
    void shouldRepairWhatChangedWithinTheWindowOnlyWhenAnApplicationGoesOnWriting() throws Exception {
        PlantedDrift planted = new PlantedDrift(PER_KIND, ACCOUNTS, CLIENTS, random);
        planted.plant(tested.stores);
        Set<String> withSource =
                planted.entities(Kind.DOCUMENT_MISSING, Kind.FIELD_DIFFERENT, Kind.NESTED_FIELD_MISSING);
        Set<String> within = withSource.stream().limit(withSource.size() / 2).collect(Collectors.toSet());
        Set<String> outside = new HashSet<>(withSource);
        outside.removeAll(within);
        outside.addAll(planted.entities(Kind.DOCUMENT_EXTRA));
        age(within);
        Report window;

        try (Application application = new Application(
                tested.stores,
                ACCOUNTS,
                CLIENTS,
                LONGEST_COPY,
                Duration.ofMillis(10),
                planted.entities(),
                random.nextLong())) {
            window = tested.client.awaitEnd(tested.client.triggerWindow("accounts", WINDOW), AT_MOST);
            assertThat(application.writes()).isPositive();
        }

        assertCompleted(window);
        assertThat(Objects.requireNonNull(window.scope()).kind()).isEqualTo(Scope.Kind.WINDOW);
        assertThat(window.counter("missing") + window.counter("different")).isEqualTo(within.size());
        assertThat(window.counter("extra")).isZero();
        assertThat(window.counter("repaired")).isEqualTo(within.size());
        assertThat(tested.stores.repairedEntities())
                .as("seed %d: nothing else was repaired, also not by the fast way", seed)
                .containsExactlyInAnyOrderElementsOf(within);
        assertThat(tested.stores.accountsThatDiffer()).containsExactlyInAnyOrderElementsOf(outside);

        Report full = tested.client.awaitEnd(tested.client.trigger("accounts", true), AT_MOST);

        assertCompleted(full);
        assertThat(full.counter("repaired")).isEqualTo(outside.size());
        assertThat(full.counter("extra")).isEqualTo(PER_KIND);
        assertThat(tested.stores.accountsThatDiffer()).isEmpty();
    }

    /** Of the accounts only these changed lately. */
    private void age(Set<String> changed) throws Exception {
        String ids = changed.stream()
                .map(entity -> entity.substring("accounts/".length()))
                .collect(Collectors.joining(", "));
        tested.stores.execute(
                "UPDATE accounts SET updated_at = now() - interval '3 days' WHERE id NOT IN (" + ids + ")");
    }

    @Test
    @Order(2)
    void shouldRepairTheNamedEntitiesOnly() throws Exception {
        PlantedDrift planted = new PlantedDrift(4, ACCOUNTS, CLIENTS, random);
        planted.plant(tested.stores);
        Set<String> accounts = new HashSet<>(planted.entities(
                Kind.DOCUMENT_MISSING, Kind.FIELD_DIFFERENT, Kind.NESTED_FIELD_MISSING, Kind.DOCUMENT_EXTRA));
        Set<String> named = planted.entities(Kind.DOCUMENT_MISSING, Kind.DOCUMENT_EXTRA);
        accounts.removeAll(named);
        List<String> keys = named.stream()
                .map(entity -> entity.substring("accounts/".length()))
                .toList();

        Report report = tested.client.awaitEnd(tested.client.triggerKeys("accounts", keys), AT_MOST);

        assertCompleted(report);
        assertThat(report.counter("checked")).isEqualTo(named.size());
        assertThat(report.counter("missing")).isEqualTo(4);
        assertThat(report.counter("extra")).isEqualTo(4);
        assertThat(report.counter("repaired")).isEqualTo(named.size());
        assertThat(tested.stores.accountsThatDiffer()).containsExactlyInAnyOrderElementsOf(accounts);
    }

    @Test
    @Order(3)
    void shouldRetryCompareAndCleanUpInThisOrderEachWithItsReport() throws Exception {
        String first =
                tested.client.trigger("accounts-hourly", null).replace("accounts-hourly", "accounts-outbox-retry");

        Report retry = tested.client.awaitEnd(first, AT_MOST);
        Report compare = tested.client.awaitEnd("accounts.after." + first, AT_MOST);
        Report cleanUp = tested.client.awaitEnd("accounts-clean-up.after." + compare.runId(), AT_MOST);

        assertThat(List.of(retry, compare, cleanUp)).allSatisfy(this::assertCompleted);
        assertThat(List.of(retry.kind(), compare.kind(), cleanUp.kind()))
                .containsExactly("outbox-retry", "documents", "clean-up");
        assertThat(compare.startedAt()).isAfterOrEqualTo(Objects.requireNonNull(retry.endedAt()));
        assertThat(cleanUp.startedAt()).isAfterOrEqualTo(Objects.requireNonNull(compare.endedAt()));
    }

    private void assertCompleted(Report report) {
        assertThat(report.status()).as("seed %d: %s", seed, report).isEqualTo(RunStatus.COMPLETED);
        assertThat(report.ledgerAddsUp()).as("seed %d: %s", seed, report).isTrue();
    }
}
