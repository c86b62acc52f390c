package io.plumbline.cli;

import io.plumbline.topics.Topic;
import io.plumbline.topics.Topics;
import io.plumbline.topics.json.Json;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.Trigger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A cluster in memory, of Kafka's own mocks; triggers are answered with the reports that a test gives. */
final class RecordedCluster {

    final Topics topics = new Topics("", 1);
    final List<Trigger> triggers = new ArrayList<>();
    final List<Headers> triggerHeaders = new ArrayList<>();

    private final Map<String, List<ConsumerRecord<byte[], byte[]>>> logs = new HashMap<>();
    private final List<OpenConsumer> consumers = new ArrayList<>();
    private Function<Trigger, List<Report>> answers = trigger -> List.of();

    RecordedCluster() {
        topics.all().forEach(topic -> logs.put(topic.name(), new ArrayList<>()));
    }

    Cluster open() {
        return new Cluster("memory:1", topics, this::consumer, RecordingProducer::new);
    }

    void answer(Function<Trigger, List<Report>> reports) {
        answers = reports;
    }

    <V> void add(Topic<String, V> topic, String key, @Nullable V value) {
        append(topic.toRecord(key, value));
    }

    void removeTopic(Topic<?, ?> topic) {
        logs.remove(topic.name());
    }

    /** The last value written to a topic. */
    <V> V last(Topic<String, V> topic) {
        ConsumerRecord<byte[], byte[]> last = log(topic.name()).getLast();
        return topic.value().deserializer().deserialize(topic.name(), last.value());
    }

    private List<ConsumerRecord<byte[], byte[]>> log(String topic) {
        return logs.getOrDefault(topic, List.of());
    }

    private void append(ProducerRecord<byte[], byte[]> sent) {
        List<ConsumerRecord<byte[], byte[]>> log = log(sent.topic());
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>(sent.topic(), 0, log.size(), sent.key(), sent.value());
        log.add(record);
        consumers.forEach(consumer -> consumer.tell(record));
    }

    private Consumer<byte[], byte[]> consumer() {
        OpenConsumer consumer = new OpenConsumer();
        logs.keySet()
                .forEach(topic -> consumer.updatePartitions(
                        topic, List.of(new PartitionInfo(topic, 0, Node.noNode(), new Node[0], new Node[0]))));
        consumers.add(consumer);
        return consumer;
    }

    /** Holds what is written to the topic that it is assigned to, before and after. */
    private final class OpenConsumer extends MockConsumer<byte[], byte[]> {

        OpenConsumer() {
            super("earliest");
        }

        @Override
        public synchronized void assign(Collection<TopicPartition> partitions) {
            super.assign(partitions);
            partitions.forEach(partition -> {
                updateBeginningOffsets(Map.of(partition, 0L));
                updateEndOffsets(Map.of(partition, 0L));
                log(partition.topic()).forEach(this::tell);
            });
        }

        void tell(ConsumerRecord<byte[], byte[]> record) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            if (!closed() && assignment().contains(partition)) {
                addRecord(record);
                updateEndOffsets(Map.of(partition, record.offset() + 1));
            }
        }
    }

    private final class RecordingProducer extends MockProducer<byte[], byte[]> {

        RecordingProducer() {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
            Future<RecordMetadata> sent = super.send(record);
            append(record);
            if (record.topic().equals(topics.manualTrigger.name())) {
                Trigger trigger = Json.parse(new String(record.value(), StandardCharsets.UTF_8), Trigger.class);
                triggers.add(trigger);
                triggerHeaders.add(record.headers());
                answers.apply(trigger).forEach(report -> add(topics.reconciliationReport, report.runId(), report));
            }
            return sent;
        }
    }
}
