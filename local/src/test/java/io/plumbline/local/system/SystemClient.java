package io.plumbline.local.system;

import static org.awaitility.Awaitility.await;

import io.plumbline.runtime.KafkaClients;
import io.plumbline.topics.Topic;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.KafkaConfig;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What a user of the system does: produces triggers, reads reports and every other topic. */
public final class SystemClient implements AutoCloseable {

    private final Topics topics;
    private final Producer<byte[], byte[]> producer;
    private final KafkaClients clients;
    private int requests;

    public SystemClient(KafkaConfig kafka, Topics topics) {
        this.topics = topics;
        this.clients = new KafkaClients(kafka);
        this.producer = clients.openProducer();
    }

    /** Asks for a run and returns its id. */
    String trigger(String job, @Nullable Boolean full) {
        return trigger(job, full, null);
    }

    String trigger(String job, @Nullable Boolean full, @Nullable Boolean dryRun) {
        String request = "request-" + ++requests;
        send(topics.manualTrigger.toRecord(
                job, new Trigger(job, full, null, null, null, dryRun, "tests", request, null, null, null)));
        return job + "." + request;
    }

    /** Asks for a run and returns its id; the trigger's own request id is replaced. */
    public String trigger(Trigger asked) {
        String request = "request-" + ++requests;
        send(topics.manualTrigger.toRecord(
                asked.job(),
                new Trigger(
                        asked.job(),
                        asked.full(),
                        asked.window(),
                        asked.keys(),
                        asked.scope(),
                        asked.dryRun(),
                        "tests",
                        request,
                        asked.whenBusy(),
                        asked.approve(),
                        asked.undo())));
        return asked.job() + "." + request;
    }

    /** Asks for a run over what changed within the time. */
    String triggerWindow(String job, Duration window) {
        String request = "request-" + ++requests;
        send(topics.manualTrigger.toRecord(
                job, new Trigger(job, null, window, null, null, null, "tests", request, null, null, null)));
        return job + "." + request;
    }

    /** Asks for a run over these keys. */
    String triggerKeys(String job, List<String> keys) {
        String request = "request-" + ++requests;
        send(topics.manualTrigger.toRecord(
                job, new Trigger(job, null, null, keys, null, null, "tests", request, null, null, null)));
        return job + "." + request;
    }

    String approve(String job, String runId) {
        String request = "request-" + ++requests;
        send(topics.manualTrigger.toRecord(
                job, new Trigger(job, null, null, null, null, null, "tests", request, null, runId, null)));
        return job + ".approve." + request;
    }

    String undo(String job, String runId) {
        String request = "request-" + ++requests;
        send(topics.manualTrigger.toRecord(
                job, new Trigger(job, null, null, null, null, null, "tests", request, null, null, runId)));
        return job + ".undo." + request;
    }

    public void send(ProducerRecord<byte[], byte[]> record) {
        try {
            producer.send(record).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("could not send to " + record.topic(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits for a run's final report. */
    public Report awaitEnd(String runId, Duration atMost) {
        return await("the end of " + runId)
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(300))
                .until(
                        () -> latestReports().get(runId),
                        report -> report != null && report.status().isFinal());
    }

    /** Waits for a report of which the condition holds. */
    public Report awaitReport(String what, Duration atMost, Predicate<Report> condition) {
        return await(what)
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(300))
                .until(
                        () -> latestReports().values().stream()
                                .filter(condition)
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    /** The latest report of each run. */
    public Map<String, Report> latestReports() {
        Map<String, Report> latest = new LinkedHashMap<>();
        read(topics.reconciliationReport)
                .forEach(report -> latest.put(report.value().runId(), report.value()));
        return latest;
    }

    /** A record with its key. */
    record Keyed<V>(String key, @Nullable V value) {}

    /** All committed records of a topic as it is now, tombstones too. */
    <V> List<Keyed<V>> readKeyed(Topic<String, V> topic) {
        List<Keyed<V>> all = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = clients.openReader()) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    all.add(new Keyed<>(
                            topic.key().deserializer().deserialize(record.topic(), record.key()),
                            topic.value().deserializer().deserialize(record.topic(), record.value())));
                }
            }
        }
        return all;
    }

    /** The same without tombstones. */
    public <V> List<Valued<V>> read(Topic<String, V> topic) {
        List<Valued<V>> all = new ArrayList<>();
        for (Keyed<V> record : readKeyed(topic)) {
            V value = record.value();
            if (value != null) {
                all.add(new Valued<>(record.key(), value));
            }
        }
        return all;
    }

    /** A record that is no tombstone. */
    public record Valued<V>(String key, V value) {}

    @Override
    public void close() {
        producer.close();
    }
}
