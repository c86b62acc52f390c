package io.plumbline.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.topics.Topic;
import io.plumbline.topics.config.KafkaConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.UsePartitionTimeOnInvalidTimestamp;

/**
 * The settings of every Kafka client, in one place. What the configuration passes through wins over Plumbline's own
 * choices, except where a choice is a promise (exactly once, read committed, no automatic commits).
 */
public final class KafkaClients {

    private final KafkaConfig config;
    private final Map<String, Object> measuring;

    public KafkaClients(KafkaConfig config) {
        this(config, Map.of());
    }

    private KafkaClients(KafkaConfig config, Map<String, Object> measuring) {
        this.config = config;
        this.measuring = measuring;
    }

    /** The same, but that the dead letters of its producers are counted as those of an app. */
    public KafkaClients measuredBy(String app, MeterRegistry meters) {
        return new KafkaClients(config, Map.of(DeadLetterMetrics.APP, app, DeadLetterMetrics.METERS, meters));
    }

    public Map<String, Object> admin() {
        return common();
    }

    /** Of a producer whose sends are acknowledged by all replicas. */
    public Map<String, Object> producer() {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.LARGEST_RECORD);
        properties.putAll(common());
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.putAll(interceptors(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG));
        return properties;
    }

    /** Of a producer that writes in transactions; a later one of the same id fences it. */
    public Map<String, Object> transactionalProducer(String transactionalId) {
        Map<String, Object> properties = producer();
        // Short, so that the open transaction of a killed process does not hold readers up for long.
        properties.putIfAbsent(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 15_000);
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, transactionalId);
        return properties;
    }

    /** Of a consumer that belongs to no group: it is assigned its partitions. */
    public Map<String, Object> reader() {
        Map<String, Object> properties = common();
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // A topic that a reader brought into being would have the broker's partition count, not the declared one.
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return properties;
    }

    /** Of a member of a consumer group. */
    public Map<String, Object> groupMember(String group, String clientId) {
        Map<String, Object> properties = reader();
        // A killed member's partitions move on after this time.
        properties.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        properties.putIfAbsent(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        return properties;
    }

    /** Of a Kafka Streams application; its id, and thereby its topics and group, carry the topic prefix. */
    public Properties streams(String applicationId, int threads) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 50);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.LARGEST_RECORD);
        // Of the changelogs, which hold what the records bring.
        properties.put(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), Topic.LARGEST_RECORD);
        properties.put(StreamsConfig.POLL_MS_CONFIG, 20);
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000);
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) config.replicationFactor());
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, StoreMemory.class);
        properties.putAll(common());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, config.topicPrefix() + applicationId);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put(
                StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, UsePartitionTimeOnInvalidTimestamp.class);
        properties.putAll(interceptors(StreamsConfig.producerPrefix(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG)));
        if (config.stateDir() != null) {
            properties.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDir());
        }
        return properties;
    }

    public Admin openAdmin() {
        return Admin.create(admin());
    }

    public Producer<byte[], byte[]> openProducer() {
        return new KafkaProducer<>(producer(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    public Producer<byte[], byte[]> openTransactionalProducer(String transactionalId) {
        return new KafkaProducer<>(
                transactionalProducer(transactionalId), new ByteArraySerializer(), new ByteArraySerializer());
    }

    public Consumer<byte[], byte[]> openReader() {
        return new KafkaConsumer<>(reader(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** @param maxPollRecords records per poll at most */
    public Consumer<byte[], byte[]> openGroupMember(String group, String clientId, int maxPollRecords) {
        Map<String, Object> properties = groupMember(group, clientId);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxPollRecords);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Map<String, Object> interceptors(String key) {
        Map<String, Object> properties = new HashMap<>(measuring);
        String cloudEvents = CloudEventHeaders.class.getName();
        properties.put(key, measuring.isEmpty() ? cloudEvents : cloudEvents + "," + DeadLetterMetrics.class.getName());
        properties.put(CloudEventHeaders.TOPIC_PREFIX, config.topicPrefix());
        return properties;
    }

    private Map<String, Object> common() {
        Map<String, Object> properties = new HashMap<>(config.properties());
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        return properties;
    }
}
