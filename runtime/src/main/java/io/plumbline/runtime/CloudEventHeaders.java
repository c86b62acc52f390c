package io.plumbline.runtime;

import io.plumbline.topics.Topic;
import io.plumbline.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Puts CloudEvents headers (version 1.0, Kafka binding, binary mode) on what any Plumbline producer writes to the users'
 * topics. An event's id follows from its key and value: the same record written twice is the same event.
 */
public final class CloudEventHeaders implements ProducerInterceptor<byte[], byte[]> {

    /** The settings' key of the topic prefix. */
    static final String TOPIC_PREFIX = "plumbline.topic.prefix";

    private static final String SOURCE = "/plumbline";

    private final Clock clock;
    private final Map<String, String> types = new HashMap<>();

    /** For Kafka, which makes it. */
    public CloudEventHeaders() {
        this(Clock.systemUTC());
    }

    CloudEventHeaders(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void configure(Map<String, ?> settings) {
        Object prefix = settings.get(TOPIC_PREFIX);
        Topics topics = new Topics(prefix == null ? "" : prefix.toString(), 1);
        for (Topic<?, ?> topic : topics.users()) {
            types.put(topic.name(), "io.plumbline." + topics.shortName(topic) + ".v1");
        }
    }

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        String type = types.get(record.topic());
        Headers headers = record.headers();
        if (type == null || headers.lastHeader("ce_id") != null) {
            return record;
        }
        Instant time = record.timestamp() == null ? clock.instant() : Instant.ofEpochMilli(record.timestamp());
        add(headers, "ce_specversion", "1.0");
        add(headers, "ce_id", id(record.key(), record.value()));
        add(headers, "ce_source", SOURCE);
        add(headers, "ce_type", type);
        add(headers, "ce_time", time.toString());
        if (record.key() != null) {
            add(headers, "ce_subject", new String(record.key(), StandardCharsets.UTF_8));
        }
        if (record.value() != null) {
            add(headers, "content-type", "application/json");
        }
        return record;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String id(byte @Nullable [] key, byte @Nullable [] value) {
        byte[] first = key == null ? new byte[0] : key;
        byte[] second = value == null ? new byte[0] : value;
        byte[] both = new byte[first.length + 1 + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length + 1, second.length);
        return UUID.nameUUIDFromBytes(both).toString();
    }

    @Override
    public void onAcknowledgement(RecordMetadata metadata, Exception exception) {
        // The sender looks at each send's future.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
