package io.plumbline.runtime;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.topics.Topics;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Counts the dead letters that a producer writes, whoever made them: a worker, a processor, or Kafka Streams' own
 * handler. One whose transaction is aborted is counted, and once more when its record is read again.
 */
public final class DeadLetterMetrics implements ProducerInterceptor<byte[], byte[]> {

    /** The settings' keys of the {@link MeterRegistry} and of the tag {@code app}. */
    static final String METERS = "plumbline.meters";

    static final String APP = "plumbline.app";

    private String topic = "";
    private @Nullable Counter written;

    @Override
    public void configure(Map<String, ?> settings) {
        if (!(settings.get(METERS) instanceof MeterRegistry meters)) {
            throw new IllegalArgumentException("the setting " + METERS + " is missing: use KafkaClients.measuredBy");
        }
        Object prefix = settings.get(CloudEventHeaders.TOPIC_PREFIX);
        topic = new Topics(prefix == null ? "" : prefix.toString(), 1).deadLetters.name();
        written = Counter.builder("plumbline.dead.letters")
                .description("Dead letters written, by what wrote them: a stream's application id or a worker's name")
                .baseUnit("records")
                .tag("app", String.valueOf(settings.get(APP)))
                .register(meters);
    }

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        return record;
    }

    @Override
    public void onAcknowledgement(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
        if (failure == null && metadata != null && written != null && topic.equals(metadata.topic())) {
            written.increment();
        }
    }

    @Override
    public void close() {
        // The counter goes on: another producer takes over.
    }
}
