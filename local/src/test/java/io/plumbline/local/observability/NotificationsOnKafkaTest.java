package io.plumbline.local.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.local.EmbeddedKafka;
import io.plumbline.reconciler.notify.Notifications;
import io.plumbline.runtime.KafkaClients;
import io.plumbline.runtime.RunningParts;
import io.plumbline.runtime.TopicCreator;
import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.record.Cause;
import io.plumbline.topics.record.DeadLetter;
import io.plumbline.topics.record.Drift;
import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunStatus;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Two processes tell of each event once between them. */
class NotificationsOnKafkaTest {

    private static final Duration AT_MOST = Duration.ofMinutes(1);
    private final Instant now = Instant.now();

    private final List<String> posts = new CopyOnWriteArrayList<>();
    private final Topics topics = new Topics("", 4);

    @Test
    void shouldPostOnceWhenARunFailedOrIsHeldOrADriftIsOldOrALetterIsDead() throws Exception {
        HttpServer webhook = webhook();
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            PlumblineConfig config = config(kafka, webhook);
            TopicCreator.ensure(config.kafka(), topics);
            try (RunningParts one = start(config);
                    RunningParts other = start(config);
                    Producer<byte[], byte[]> producer = new KafkaClients(config.kafka()).openProducer()) {
                send(producer, report("a", RunStatus.RUNNING));
                send(producer, report("a", RunStatus.FAILED));
                send(producer, report("b", RunStatus.HELD));
                send(producer, report("c", RunStatus.COMPLETED));
                send(producer, drift("1"));
                send(producer, topics.deadLetters.toRecord("k", letter("first")));
                await().atMost(AT_MOST).untilAsserted(() -> assertThat(posts).hasSizeGreaterThanOrEqualTo(4));

                // Behind each of the others, on its partition: when these are told, nothing more comes of those.
                send(producer, report("a", RunStatus.COMPLETED_WITH_FAILURES));
                send(producer, report("b", RunStatus.COMPLETED_WITH_FAILURES));
                send(producer, topics.deadLetters.toRecord("k", letter("second")));
                await().atMost(AT_MOST).untilAsserted(() -> {
                    assertThat(told("completed with failures")).isEqualTo(2);
                    assertThat(told("second")).isEqualTo(1);
                });

                assertThat(told("Run a of job mails of mails failed")).isEqualTo(1);
                assertThat(told("Run b of job mails of mails is held")).isEqualTo(1);
                assertThat(told("Run c")).isZero();
                assertThat(told("drifts of mails are open for too long")).isEqualTo(1);
                assertThat(told("first reason")).isEqualTo(1);
            }
        } finally {
            webhook.stop(0);
        }
    }

    private long told(String text) {
        return posts.stream().filter(post -> post.contains(text)).count();
    }

    private RunningParts start(PlumblineConfig config) throws Exception {
        return RunningParts.start(
                parts -> new Notifications(config, topics, new SimpleMeterRegistry()).startInto(parts));
    }

    private HttpServer webhook() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                posts.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.start();
        return server;
    }

    private static PlumblineConfig config(EmbeddedKafka kafka, HttpServer webhook) {
        return ConfigFile.parse(
                """
                kafka: { bootstrap-servers: "%s", partitions: 4, replication-factor: 1 }
                redis: { nodes: ["unused:1"] }
                exchanges: { coinbase: { adapter: coinbase, base-url: "http://unused", timeframes: [1m] } }
                notifications: { url: "http://127.0.0.1:%d/hook", at-most-per-minute: 100 }
                """.formatted(kafka.bootstrapServers(), webhook.getAddress().getPort()), Map.of());
    }

    private static void send(Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record)
            throws Exception {
        producer.send(record).get();
    }

    private ProducerRecord<byte[], byte[]> drift(String key) {
        EntityKey entity = EntityKey.of("mails", key);
        Drift drift = new Drift(
                entity, DriftClass.MISSING, now.minus(Duration.ofHours(1)), now, "run", "failed", List.of(), null);
        return topics.drifts.toRecord(entity.text(), drift);
    }

    private static DeadLetter letter(String which) {
        return new DeadLetter("tests", "candles", 0, 1, null, which + " reason", null, false);
    }

    private ProducerRecord<byte[], byte[]> report(String run, RunStatus status) {
        Report report = new Report(
                run,
                "mails",
                "documents",
                "mails",
                "mails",
                new Cause(Cause.Kind.MANUAL, null, null, "request", "tests", null),
                null,
                false,
                status,
                now,
                now,
                status.isFinal() ? now : null,
                null,
                Map.of(),
                true,
                List.of(),
                null,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null);
        return topics.reconciliationReport.toRecord(run, report);
    }
}
