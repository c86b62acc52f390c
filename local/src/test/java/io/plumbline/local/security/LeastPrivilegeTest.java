package io.plumbline.local.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.cli.PlumblineCli;
import io.plumbline.detector.GapDetectorMain;
import io.plumbline.local.BrokerSecurity;
import io.plumbline.reconciler.ReconcilerMain;
import io.plumbline.reconciler.feed.OutboxFeedMain;
import io.plumbline.repairer.RepairerMain;
import io.plumbline.runtime.KafkaClients;
import io.plumbline.stores.CandleCache;
import io.plumbline.stores.connect.CandleStores;
import io.plumbline.ticker.TickerMain;
import io.plumbline.topics.Topics;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.Timeframe;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;

/** Every app as its own user, over TLS, with the grants of {@code compose/grants} and nothing else. */
@ExtendWith(SecuredSystemExtension.class)
class LeastPrivilegeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Timeframe MINUTE = Timeframe.parse("1m");
    private static final SeriesKey SERIES = new SeriesKey("simulated", "BTC/EUR", "1m");

    private final SecuredSystem secured;

    LeastPrivilegeTest(SecuredSystem secured) {
        this.secured = secured;
    }

    @Test
    void shouldRepairAndFillWhenEveryAppHasItsGrantsAndNoOthers() throws Exception {
        Deque<AutoCloseable> apps = new ArrayDeque<>();
        try {
            apps.push(TickerMain.start(secured.config("ticker")));
            apps.push(ReconcilerMain.start(secured.config("reconciler")));
            apps.push(OutboxFeedMain.start(secured.config("outbox-feed")));
            apps.push(RepairerMain.start(secured.config("repairer")));
            apps.push(GapDetectorMain.start(secured.config("gap-detector")));
            secured.stores.execute(
                    "INSERT INTO incoming_emails (client_name, file_number, creditor, subject, extracted_data)"
                            + " SELECT 'C' || n, '2007/' || n, 'Bank', 'Debt', '{\"debt_amount\": 12.5}' FROM generate_series(1, 5) n");

            assertThat(cli("trigger", "emails-full", "--wait", "--timeout", "90s"))
                    .isZero();
            assertThat(secured.stores.text(
                            "SELECT status || ' ' || (report -> 'counters' ->> 'repaired') FROM plumbline.reconciliation_reports"
                                    + " WHERE job = 'emails-full'"))
                    .isEqualTo("completed 5");
            followTheOutbox();
            fillAGap();
            tellOfADeadLetter();
        } finally {
            while (!apps.isEmpty()) {
                apps.pop().close();
            }
        }
    }

    private void followTheOutbox() throws Exception {
        await("the feed reads the log")
                .atMost(PATIENCE)
                .until(() -> secured.stores
                        .text("SELECT count(*) FROM pg_replication_slots WHERE active")
                        .equals("1"));
        secured.stores.execute(
                "WITH mail AS (INSERT INTO incoming_emails (client_name, file_number, creditor, subject,"
                        + " extracted_data) VALUES ('C9', '2007/9', 'Bank', 'Debt', '{\"debt_amount\": 9}') RETURNING id)"
                        + " INSERT INTO outbox_messages (id, aggregate_type, aggregate_id, event_type, payload)"
                        + " SELECT gen_random_uuid(), 'email', id::text, 'email.received', '{\"file_number\": \"2007/9\", \"creditor\": \"Bank\"}' FROM mail");
        await("the mail's document was made, and the row marked")
                .atMost(PATIENCE)
                .until(() -> secured.stores
                        .text("SELECT count(*) FROM outbox_messages WHERE processed_at IS NULL")
                        .equals("0"));
        assertThat(secured.stores.text("SELECT sync_status FROM incoming_emails WHERE file_number = '2007/9'"))
                .isEqualTo("synced");
    }

    private void tellOfADeadLetter() throws Exception {
        Topics topics = new Topics("", 2);
        try (Producer<byte[], byte[]> user =
                new KafkaClients(secured.config(BrokerSecurity.ADMIN).kafka()).openProducer()) {
            user.send(new ProducerRecord<>(
                            topics.manualTrigger.name(),
                            new byte[] {'x'},
                            "no trigger".getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
        await("the webhook is told of what could not be read")
                .atMost(PATIENCE)
                .until(() -> secured.told().stream().anyMatch(post -> post.contains("manual-trigger")));
    }

    private void fillAGap() throws Exception {
        long last = MINUTE.slotOf(Instant.now().toEpochMilli()) - 2;
        List<Candle> candles = LongStream.rangeClosed(last - 5, last)
                .mapToObj(slot -> candle(MINUTE.openTimeOf(slot)))
                .toList();
        secured.market.candles("BTC-EUR", MINUTE, candles);
        Topics topics = new Topics("", 2);
        try (Producer<byte[], byte[]> feed =
                new KafkaClients(secured.config(BrokerSecurity.ADMIN).kafka()).openProducer()) {
            feed.send(topics.candles.toRecord(SERIES.text(), candles.getFirst()))
                    .get();
            feed.send(topics.candles.toRecord(SERIES.text(), candles.getLast())).get();
        }
        try (CandleCache cache =
                CandleStores.openCache(secured.config("gap-detector")).orElseThrow()) {
            await("the cache has the candles that the feed had not")
                    .atMost(PATIENCE)
                    .until(() -> cache.counts(List.of(new CandleCache.SeriesWindow(
                                            SERIES, MINUTE.openTimeOf(last - 4), MINUTE.openTimeOf(last))))
                                    .getFirst()
                            == 4L);
        }
    }

    @Test
    void shouldNameEveryTopicWhenAclsAreWrittenOut() {
        List<String> declared = new Topics("", 2)
                .all().stream().<String>map(topic -> topic.name()).toList();

        assertThat(secured.grants.topics()).containsExactlyInAnyOrderElementsOf(declared);
    }

    private int cli(String... arguments) throws Exception {
        CommandLine line = PlumblineCli.addTo(new CommandLine(new PlumblineCli()));
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--bootstrap-server",
                secured.bootstrapServers(),
                "--client-properties",
                secured.clientProperties("cli").toString()));
        return line.execute(all.toArray(String[]::new));
    }

    private static Candle candle(long openTime) {
        BigDecimal price = BigDecimal.TEN;
        return new Candle(openTime, price, price, price, price, BigDecimal.ONE, 1, Candle.Origin.LIVE, true);
    }
}
