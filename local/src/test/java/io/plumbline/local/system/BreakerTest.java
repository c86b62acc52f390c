package io.plumbline.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.local.servers.OnProvidedServers;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunStatus;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A mistake in the mapping would rewrite everything: it is held, on the slow way and on the fast one. */
@OnProvidedServers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BreakerTest {

    private static final int ACCOUNTS = 1_000;
    private static final Duration AT_MOST = Duration.ofMinutes(2);
    /** The status is written into a field that no copy has: every account with one differs. */
    private static final String MISTAKEN = TwoStores.CONFIG
            .replace("target: profile.status", "target: profile.state")
            .replace(
                    "extras: delete\n    grace",
                    "extras: delete\n    breaker: { max-count: 50, max-ratio: 0.2 }\n    grace");

    private SystemUnderTest tested;
    private long wrong;

    @BeforeAll
    void start() throws Exception {
        tested = SystemUnderTest.start(MISTAKEN, ACCOUNTS, 10, 7);
        wrong = tested.stores.count("SELECT count(*) FROM accounts WHERE status IS NOT NULL");
    }

    @AfterAll
    void stop() throws Exception {
        tested.close();
    }

    @Test
    @Order(1)
    void shouldHoldTheFastWayWhenItsRepairsAreTooMany() throws Exception {
        for (long id = 1; id <= 200; id++) {
            tested.stores.writeAccount(id, "Copied " + id, BigDecimal.valueOf(id));
            tested.stores.copyAccount(id, "Copied " + id, BigDecimal.valueOf(id));
        }

        Report continuous = tested.client.awaitReport(
                "the fast way holds",
                AT_MOST,
                report -> report.runId().startsWith("accounts.continuous.") && report.counter("held") > 0);
        await("all are decided").atMost(AT_MOST).untilAsserted(() -> {
            Report latest = tested.client.latestReports().get(continuous.runId());
            assertThat(latest).isNotNull();
            // Events come at least once.
            assertThat(latest.counter("checked")).as("%s", latest).isGreaterThanOrEqualTo(200);
        });

        assertThat(tested.stores.repairedEntities()).hasSizeLessThanOrEqualTo(50);
    }

    @Test
    @Order(2)
    void shouldHoldAndWriteNothingWhenAScanWouldChangeTooMuchAndGoOnWhenApproved() throws Exception {
        int before = tested.stores.repairedEntities().size();

        Report held = tested.client.awaitEnd(tested.client.trigger("accounts", true), AT_MOST);

        assertThat(held.status()).as("%s", held).isEqualTo(RunStatus.HELD);
        assertThat(held.ledgerAddsUp()).isTrue();
        assertThat(held.counter("held")).isEqualTo(wrong - before);
        assertThat(tested.stores.repairedEntities()).hasSize(before);

        Report approved = tested.client.awaitEnd(tested.client.approve("accounts", held.runId()), AT_MOST);

        assertThat(approved.status()).as("%s", approved).isEqualTo(RunStatus.COMPLETED);
        assertThat(approved.counter("repaired")).isEqualTo(wrong - before);
    }
}
