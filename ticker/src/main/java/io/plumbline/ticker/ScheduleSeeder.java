package io.plumbline.ticker;

import io.plumbline.runtime.KafkaClients;
import io.plumbline.topics.Topic;
import io.plumbline.topics.record.Schedule;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the configured schedules to {@code schedules}, by a {@link SeedPlan}.
 *
 * <p>It reads the topic to its end first. An operator who writes between that reading and this writing is not overruled
 * either: the schedule's owner writes the operator's record again (see {@link ScheduleChange}).
 */
final class ScheduleSeeder {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Logger LOG = LoggerFactory.getLogger(ScheduleSeeder.class);

    private final TickerConfig config;
    private final Topic<String, Schedule> topic;
    private final KafkaClients clients;

    /** Last records by partition and name: producers outside may have spread a name over partitions. */
    private final Map<TopicPartition, Map<String, ConsumerRecord<byte[], byte[]>>> last = new HashMap<>();

    private ScheduleSeeder(TickerConfig config) {
        this.config = config;
        this.topic = config.topics().schedules;
        this.clients = new KafkaClients(config.kafka());
    }

    /** Throws {@link KafkaException} where Kafka cannot be read or written. */
    static void seed(TickerConfig config) throws InterruptedException {
        ScheduleSeeder seeder = new ScheduleSeeder(config);
        seeder.read();
        seeder.write(seeder.plan());
    }

    private void read() {
        try (Consumer<byte[], byte[]> consumer = clients.openReader()) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(POLL).forEach(this::note);
            }
        }
    }

    private void note(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() != null) {
            last.computeIfAbsent(new TopicPartition(record.topic(), record.partition()), p -> new HashMap<>())
                    .put(new String(record.key(), StandardCharsets.UTF_8), record);
        }
    }

    private Map<String, Schedule> plan() {
        Map<String, Schedule> configurations = new HashMap<>();
        Set<String> others = new HashSet<>();
        last.values()
                .forEach(byName -> byName.forEach((name, record) -> {
                    Schedule schedule = schedule(record);
                    if (schedule == null || schedule.ownedByOperator()) {
                        others.add(name);
                    } else {
                        configurations.put(name, schedule);
                    }
                }));
        return SeedPlan.of(config.schedules(), configurations, others);
    }

    /** {@code null} for a tombstone and for what cannot be read, which the router will refuse. */
    private @Nullable Schedule schedule(ConsumerRecord<byte[], byte[]> record) {
        try {
            return topic.value().deserializer().deserialize(topic.name(), record.value());
        } catch (SerializationException e) {
            LOG.warn(
                    "schedule record at {}-{} offset {} cannot be read and is left alone: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
            return null;
        }
    }

    private void write(Map<String, Schedule> plan) throws InterruptedException {
        if (plan.isEmpty()) {
            return;
        }
        try (Producer<byte[], byte[]> producer = clients.openProducer()) {
            List<Future<?>> sends = new ArrayList<>();
            plan.forEach((name, schedule) -> sends.add(producer.send(topic.toRecord(name, schedule))));
            for (Future<?> send : sends) {
                send.get();
            }
        } catch (ExecutionException e) {
            throw new KafkaException("cannot seed " + topic.name(), e.getCause());
        }
        LOG.info("seeded schedules {}", plan.keySet());
    }
}
