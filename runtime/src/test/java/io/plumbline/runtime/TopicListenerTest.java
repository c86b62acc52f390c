package io.plumbline.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.topics.Topics;
import io.plumbline.topics.record.Tick;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TopicListenerTest {

    private final Topics topics = new Topics("", 1);
    private final TopicPartition partition = new TopicPartition(topics.ticks.name(), 0);
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<String> fatal = new CopyOnWriteArrayList<>();
    private long offset;

    @Test
    void shouldPassOverARecordThatCannotBeReadWhenOthersFollow() {
        hold("mails", "{".getBytes(StandardCharsets.UTF_8));
        hold("invoices", topics.ticks.toRecord("invoices", tick("invoices")).value());

        try (TopicListener<Tick> listener = listen((job, tick) -> heard.add(job))) {
            await().until(() -> !heard.isEmpty());
        }

        assertThat(heard).containsExactly("invoices");
        assertThat(fatal).isEmpty();
    }

    @Test
    void shouldSayThatItHasEndedWhenAnErrorEndsIt() {
        hold("mails", topics.ticks.toRecord("mails", tick("mails")).value());

        try (TopicListener<Tick> listener = listen((job, tick) -> {
            throw new NoClassDefFoundError("of some library");
        })) {
            await().untilAsserted(() -> assertThat(fatal).containsExactly("the listener to ticks: of some library"));
        }
    }

    private TopicListener<Tick> listen(BiConsumer<String, @Nullable Tick> listener) {
        return TopicListener.start(
                topics.ticks, consumer, listener, (part, cause) -> fatal.add(part + ": " + cause.getMessage()));
    }

    private void hold(String job, byte[] value) {
        consumer.schedulePollTask(() -> {
            consumer.updateBeginningOffsets(Map.of(partition, 0L));
            consumer.addRecord(
                    new ConsumerRecord<>(partition.topic(), 0, offset++, job.getBytes(StandardCharsets.UTF_8), value));
        });
    }

    private static Tick tick(String job) {
        return new Tick("hourly", Instant.EPOCH, job, Instant.EPOCH);
    }
}
