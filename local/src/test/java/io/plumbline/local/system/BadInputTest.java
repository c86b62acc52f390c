package io.plumbline.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.local.LocalSystem;
import io.plumbline.local.servers.OnProvidedServers;
import io.plumbline.local.servers.Servers;
import io.plumbline.topics.Topics;
import io.plumbline.topics.record.DeadLetter;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunStatus;
import io.plumbline.topics.record.WorkAnswer.Unreadable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Rows, documents and records that nobody can use lie among good ones: each is counted and named with the reason, and
 * every drift beside them is found and repaired. Both ways of scanning: by look-ups, and by merging ranges.
 */
@OnProvidedServers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {

    private static final Duration AT_MOST = Duration.ofMinutes(2);
    private static final String DATASET = """
              %1$s:
                source: { table: %1$s, primary-key: [k] }
                target: { collection: %1$s }
                key: [ { source: k, document: _id } ]
                fields:
                  - { source: data, path: /amount, target: amount, type: number }
                  - { source: data, path: /deep, target: deep, type: json }
                  - { source: num, target: num }
                  - { source: at, target: at }
                  - { source: day, target: day, type: date, zone: Europe/Berlin }
                  - { source: note, target: p.note }
                extras: delete
                grace: 1s
                retry: { attempts: 2, first: 100ms }
            """;
    private static final String CONFIG = """
            kafka: { bootstrap-servers: "localhost:0", partitions: 1 }
            postgres: { url: "jdbc:postgresql://localhost/none", user: postgres, password: plumbline }
            mongo: { url: "mongodb://localhost", database: crm }
            datasets:
            """ + DATASET.formatted("looked") + DATASET.formatted("ranged") + """
              empty:
                source: { table: nothing, primary-key: [id] }
                target: { collection: nowhere }
                key: [ { source: id, document: _id, type: integer } ]
                fields: [ { source: x, target: x } ]
                grace: 1s
            schedules:
              looked-full: { enabled: false }
              ranged-full: { enabled: false }
              empty-full: { enabled: false }
            """;

    private final Map<String, Map<String, String>> reasons = new HashMap<>();
    private final Servers servers = Servers.provided();
    private LocalSystem system;
    private BadStores stores;
    private SystemClient client;
    private Topics topics;

    @BeforeAll
    void start() throws Exception {
        system = servers.start(CONFIG, null);
        stores = new BadStores(system.config());
        // ICU's order is not binary, so that these keys are looked up.
        reasons.put("looked", stores.fill("looked", "text COLLATE \"und-x-icu\""));
        reasons.put("ranged", stores.fill("ranged", "text COLLATE \"C\""));
        system.startApps();
        topics = system.topics();
        client = new SystemClient(system.config().kafka(), topics);
    }

    @AfterAll
    void stop() throws Exception {
        client.close();
        stores.close();
        system.close();
        servers.close();
    }

    @Test
    void shouldNameWhatIsUnreadableAndRepairTheRest() {
        int different = BadStores.DIFFERENT
                + BadStores.STRANGE_KEYS.size()
                + BadStores.STRANGE_AMOUNTS.size()
                + 2; // dates at the ends of what BSON has
        int missing = BadStores.MISSING + BadStores.EXTREMES.size();
        int planted = different + missing + BadStores.EXTRA;
        int same = BadStores.GOOD - BadStores.DIFFERENT - BadStores.MISSING + 1; // NaN is NaN

        Map<String, Report> firstReports = awaitAll(triggerAll());
        Map<String, Report> secondReports = awaitAll(triggerAll());

        firstReports.forEach((dataset, report) -> {
            assertLedger(
                    report,
                    dataset,
                    Map.of(
                            "matched",
                            same,
                            "different",
                            different,
                            "missing",
                            missing + 1, // and the row that is larger than a document
                            "extra",
                            BadStores.EXTRA,
                            "repaired",
                            planted,
                            "failed",
                            1));
            assertThat(report.notes())
                    .anyMatch(note -> note.startsWith("repair failed: the write is larger than MongoDB takes"));
        });
        secondReports.forEach((dataset, report) -> assertLedger(
                report,
                dataset,
                Map.of("matched", same + different + missing, "missing", 1, "failed", 1, "repaired", 0)));
    }

    private Map<String, String> triggerAll() {
        Map<String, String> runs = new HashMap<>();
        reasons.keySet().forEach(dataset -> runs.put(dataset, client.trigger(dataset, true)));
        return runs;
    }

    private Map<String, Report> awaitAll(Map<String, String> runs) {
        Map<String, Report> reports = new HashMap<>();
        runs.forEach((dataset, run) -> reports.put(dataset, client.awaitEnd(run, AT_MOST)));
        return reports;
    }

    private void assertLedger(Report report, String dataset, Map<String, Integer> expected) {
        Map<String, String> unreadable = reasons.getOrDefault(dataset, Map.of());
        assertThat(report.status()).as("%s", report).isEqualTo(RunStatus.COMPLETED_WITH_FAILURES);
        assertThat(report.ledgerAddsUp()).as("%s", report).isTrue();
        expected.forEach((counter, count) -> assertThat(report.counter(counter))
                .as("%s of %s", counter, report)
                .isEqualTo(count.longValue()));
        assertThat(report.counter("unreadable")).as("%s", report).isEqualTo(unreadable.size());
        assertThat(report.counter("checked"))
                .isEqualTo(report.counter("matched")
                        + report.counter("different")
                        + report.counter("missing")
                        + report.counter("extra")
                        + unreadable.size());
        assertThat(report.unreadable())
                .extracting(Unreadable::key)
                .containsExactlyInAnyOrderElementsOf(unreadable.keySet());
        assertThat(report.unreadable())
                .allSatisfy(entry -> assertThat(entry.reason()).contains(unreadable.get(entry.key())));
    }

    @Test
    void shouldCompleteWhenThereIsNoRowAndNoCollection() {
        Report report = client.awaitEnd(client.trigger("empty", true), AT_MOST);

        assertThat(report.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(report.ledgerAddsUp()).isTrue();
        assertThat(report.counter("checked")).isZero();
    }

    @Test
    void shouldSetBadRecordsAsideAndGoOnWithTheRest() {
        List<String> names = List.of(
                topics.manualTrigger.name(),
                topics.schedules.name(),
                topics.ticks.name(),
                topics.outbox.name(),
                topics.repairs.name(),
                topics.checks.name(),
                topics.work.name(),
                topics.caseEvents.name());
        names.forEach(topic -> send(topic, "bad", "{\"nothing\": "));
        send(topics.manualTrigger.name(), null, "[1]");
        send(topics.manualTrigger.name(), null, "{\"job\":\"none\",\"requestId\":\"unknown-job\"}");
        send(
                topics.manualTrigger.name(),
                null,
                "{\"job\":\"empty\",\"requestId\":\"not-a-flag\",\"full\":\"perhaps\"}");
        send(topics.manualTrigger.name(), null, "{\"job\":\"empty\",\"requestId\":\"no-number\",\"x\":1e99999999999}");
        send(topics.manualTrigger.name(), null, "{\"job\":\"empty\",\"requestId\":\"good\",\"unknown\":{\"x\":[1]}}");

        Report good = client.awaitEnd("empty.good", AT_MOST);

        assertThat(good.status()).isEqualTo(RunStatus.COMPLETED);
        for (String request : List.of("unknown-job", "not-a-flag", "no-number")) {
            Report failed = client.awaitReport(
                    request, AT_MOST, report -> report.runId().endsWith("." + request));
            assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
            assertThat(failed.notes()).isNotEmpty();
        }
        await("dead letters").atMost(AT_MOST).untilAsserted(() -> {
            List<DeadLetter> dead = client.read(topics.deadLetters).stream()
                    .map(SystemClient.Valued::value)
                    .toList();
            assertThat(dead).extracting(DeadLetter::topic).containsAll(names);
            assertThat(dead)
                    .filteredOn(letter -> letter.topic().equals(topics.manualTrigger.name()))
                    .hasSize(5);
            assertThat(dead).allSatisfy(letter -> {
                assertThat(letter.reason()).isNotBlank();
                assertThat(letter.value()).isNotBlank();
            });
        });
    }

    private void send(String topic, @Nullable String key, String value) {
        client.send(new ProducerRecord<>(
                topic,
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8)));
    }
}
