package io.plumbline.local.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.reconciler.ReconcilerMain;
import io.plumbline.repairer.RepairerMain;
import io.plumbline.stores.CandleCache;
import io.plumbline.stores.StoreRefusedException;
import io.plumbline.stores.connect.CandleStores;
import io.plumbline.stores.replication.OutboxPublication;
import io.plumbline.stores.replication.SourceLog;
import io.plumbline.ticker.TickerMain;
import io.plumbline.topics.config.OutboxConfig;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.SeriesKey;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An app that lacks one of its grants says so: whose, on what, and what would be right. It does not go on trying. */
@ExtendWith(SecuredSystemExtension.class)
class LackingGrantsTest {

    private static final SeriesKey SERIES = new SeriesKey("simulated", "BTC/EUR", "1m");
    private static final BigDecimal ONE = BigDecimal.ONE;
    private static final Candle CANDLE = new Candle(0, ONE, ONE, ONE, ONE, ONE, 1, Candle.Origin.BACKFILL, true);

    private final SecuredSystem secured;

    LackingGrantsTest(SecuredSystem secured) {
        this.secured = secured;
    }

    @Test
    void shouldNotStartAndNameTheGrantWhenTheReconcilersRoleLacksOne() throws Exception {
        secured.stores.execute("REVOKE UPDATE (sync_status) ON incoming_emails FROM plumbline_reconciler");
        try {
            AppRun run = AppRun.toItsEnd(ReconcilerMain.class, secured.configFile, secured.environment("reconciler"));

            assertThat(run.output())
                    .contains(
                            "the role plumbline_reconciler lacks UPDATE (\"sync_status\") on the table \"incoming_emails\"")
                    .contains("GRANT UPDATE (\"sync_status\") ON \"incoming_emails\" TO plumbline_reconciler");
            assertThat(run.status()).isEqualTo(2);
        } finally {
            secured.stores.execute("GRANT UPDATE (sync_status) ON incoming_emails TO plumbline_reconciler");
        }
    }

    @Test
    void shouldNotStartAndNameTheGrantWhenTheRepairersRoleLacksOne() throws Exception {
        secured.stores.execute("REVOKE INSERT ON plumbline.repairs FROM plumbline_repairer");
        try {
            AppRun run = AppRun.toItsEnd(RepairerMain.class, secured.configFile, secured.environment("repairer"));

            assertThat(run.output()).contains("GRANT INSERT ON \"plumbline\".repairs TO plumbline_repairer");
            assertThat(run.status()).isEqualTo(2);
        } finally {
            secured.stores.execute("GRANT INSERT ON plumbline.repairs TO plumbline_repairer");
        }
    }

    @Test
    void shouldEndAndNameTheGroupWhenTheTickerMayNotUseIt() throws Exception {
        AppRun run = withoutAcl("plumbline-ticker", ResourceType.GROUP, AclOperation.READ, TickerMain.class, "ticker");

        assertThat(run.output())
                .contains("Kafka denies User:plumbline-ticker: Not authorized to access group: plumbline-ticker")
                .contains("kafka.acl");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void shouldEndAndNameTheTopicWhenTheRepairerMayNotReadIt() throws Exception {
        AppRun run =
                withoutAcl("plumbline-repairer", ResourceType.TOPIC, AclOperation.READ, RepairerMain.class, "repairer");

        assertThat(run.output()).contains("Kafka denies User:plumbline-repairer: Not authorized to access topics: [");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void shouldEndAndSayWhatWouldBeRightWhenTheRepairerHasNoTransactionalId() throws Exception {
        AppRun run = withoutAcl(
                "plumbline-repairer",
                ResourceType.TRANSACTIONAL_ID,
                AclOperation.WRITE,
                RepairerMain.class,
                "repairer");

        assertThat(run.output())
                .contains("Kafka denies User:plumbline-repairer: Write and Describe on its transactional ids");
        assertThat(run.status()).isEqualTo(1);
    }

    private AppRun withoutAcl(String user, ResourceType type, AclOperation operation, Class<?> main, String app)
            throws Exception {
        KafkaGrants lacking = secured.grants.of(user, type, operation);
        assertThat(lacking.bindings()).isNotEmpty();
        try (Admin admin = secured.admin()) {
            lacking.revoke(admin);
            try {
                return AppRun.toItsEnd(main, secured.configFile, secured.environment(app));
            } finally {
                lacking.apply(admin);
            }
        }
    }

    @Test
    void shouldRefuseAndNameUserAndCommandWhenTheGapDetectorWritesTheCache() throws Exception {
        try (CandleCache cache =
                CandleStores.openCache(secured.config("gap-detector")).orElseThrow()) {
            assertThatThrownBy(() -> cache.write(List.of(new CandleCache.SeriesCandles(SERIES, List.of(CANDLE)))))
                    .isInstanceOf(StoreRefusedException.class)
                    .hasMessageContaining("the user plumbline_gap_detector is denied: NOPERM")
                    .hasMessageContaining("evalsha")
                    .hasMessageContaining("redis.acl");
        }
    }

    @Test
    void shouldNameTheRoleWhenTheOutboxFeedsMayNotReadTheLog() throws Exception {
        PlumblineConfig config = secured.config("outbox-feed");
        secured.stores.execute("ALTER ROLE plumbline_outbox_feed NOREPLICATION");
        try (SourceLog log = SourceLog.open(config.postgres())) {
            assertThatThrownBy(() -> log.createSlot("another"))
                    .hasMessageContaining("PostgreSQL denies the role plumbline_outbox_feed")
                    .hasMessageContaining("REPLICATION")
                    .hasMessageContaining("docs/security.md");
        } finally {
            secured.stores.execute("ALTER ROLE plumbline_outbox_feed REPLICATION");
        }
    }

    @Test
    void shouldNameTheRoleWhenTheOutboxFeedsMayNotPublishTheTable() throws Exception {
        PlumblineConfig config = secured.config("outbox-feed");
        OutboxConfig outbox = Objects.requireNonNull(config.dataset("emails").outbox());
        secured.stores.execute("ALTER PUBLICATION plumbline_emails RENAME TO another");
        try (SourceLog log = SourceLog.open(config.postgres())) {
            assertThatThrownBy(() -> OutboxPublication.ensure(log, outbox))
                    .hasMessageContaining("PostgreSQL denies the role plumbline_outbox_feed")
                    .hasMessageContaining("docs/security.md");
        } finally {
            secured.stores.execute("ALTER PUBLICATION another RENAME TO plumbline_emails");
        }
    }
}
