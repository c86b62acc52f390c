package io.plumbline.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.topics.Topics;
import io.plumbline.topics.record.Drift;
import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.EntityKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TopicListenerTest {

    private final Topics topics = new Topics("", 1);
    private final TopicPartition partition = new TopicPartition(topics.drifts.name(), 0);
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<String> fatal = new CopyOnWriteArrayList<>();
    private long offset;

    @Test
    void shouldPassOverAnIncompleteRecordWhenOthersFollow() {
        hold("mails/1", "{}".getBytes(StandardCharsets.UTF_8));
        ProducerRecord<byte[], byte[]> whole = topics.drifts.toRecord("mails/2", drift());
        hold("mails/2", whole.value());

        try (TopicListener<Drift> listener = listen((entity, drift) -> heard.add(entity))) {
            await().until(() -> !heard.isEmpty());
        }

        assertThat(heard).containsExactly("mails/2");
        assertThat(fatal).isEmpty();
    }

    @Test
    void shouldSayThatItHasEndedWhenAnErrorEndsIt() {
        hold("mails/1", topics.drifts.toRecord("mails/1", drift()).value());

        try (TopicListener<Drift> listener = listen((entity, drift) -> {
            throw new NoClassDefFoundError("of some library");
        })) {
            await().untilAsserted(() -> assertThat(fatal).containsExactly("the listener to drifts: of some library"));
        }
    }

    private TopicListener<Drift> listen(BiConsumer<String, @Nullable Drift> listener) {
        return TopicListener.start(
                topics.drifts, consumer, listener, (part, cause) -> fatal.add(part + ": " + cause.getMessage()));
    }

    private void hold(String entity, byte[] value) {
        consumer.schedulePollTask(() -> {
            consumer.updateBeginningOffsets(Map.of(partition, 0L));
            consumer.addRecord(new ConsumerRecord<>(
                    partition.topic(), 0, offset++, entity.getBytes(StandardCharsets.UTF_8), value));
        });
    }

    private static Drift drift() {
        return new Drift(
                EntityKey.of("mails", "2"),
                DriftClass.MISSING,
                Instant.EPOCH,
                Instant.EPOCH,
                "run",
                "confirmed",
                List.of(),
                null);
    }
}
