package io.plumbline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.Topic;
import io.plumbline.topics.Topics;
import io.plumbline.topics.json.Json;
import io.plumbline.topics.record.DeadLetter;
import io.plumbline.topics.record.Tick;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

    private final DeadLetters letters = new DeadLetters("test", new Topics("", 4));

    @Test
    void shouldKeepTheTextWhenTheValueIsText() {
        DeadLetter letter = letter("k".getBytes(StandardCharsets.UTF_8), "{ö".getBytes(StandardCharsets.UTF_8));

        assertThat(letter).isEqualTo(new DeadLetter("test", "manual-trigger", 3, 42, "k", "why", "{ö", false));
    }

    @Test
    void shouldKeepEveryByteWhenTheValueIsNoText() {
        byte[] bytes = {(byte) 0xff, 0, 1};

        DeadLetter letter = letter(null, bytes);

        assertThat(letter.base64()).isTrue();
        assertThat(Base64.getDecoder().decode(letter.value())).isEqualTo(bytes);
        assertThat(letter.key()).isNull();
    }

    @Test
    void shouldFitIntoARecordWhenTheValueIsTheWorst() {
        byte[] zeros = new byte[Topic.LARGEST_RECORD];
        byte[] quotes = "\"".repeat(Topic.LARGEST_RECORD).getBytes(StandardCharsets.UTF_8);

        for (byte[] worst : List.of(zeros, quotes)) {
            ProducerRecord<byte[], byte[]> record =
                    letters.of(new ConsumerRecord<>("manual-trigger", 3, 42, worst, worst), "why");

            assertThat(record.value().length).isLessThan(Topic.LARGEST_RECORD - 1024);
            assertThat(new String(record.value(), StandardCharsets.UTF_8))
                    .contains("why (the value's first " + DeadLetters.WHOLE + " of " + worst.length + " bytes)");
        }
    }

    @Test
    void shouldTellOfARecordThatAStreamHasReadAsItWasWritten() {
        Record<String, Tick> read = new Record<>("k", new Tick("s", Instant.EPOCH, "j", Instant.EPOCH), 7);

        Record<String, Object> letter = letters.of(read, place(), "why");

        assertThat(letter.key()).isEqualTo("k");
        assertThat(letter.timestamp()).isEqualTo(7);
        assertThat(letter.value())
                .isEqualTo(new DeadLetter("test", "ticks", 3, 42, "k", "why", Json.text(read.value()), false));
    }

    @Test
    void shouldTellOfARecordWithoutKeyOrValueByItsTopic() {
        Record<String, Object> letter = letters.of(new Record<>(null, null, 7), place(), "why");

        assertThat(letter.key()).isEqualTo("ticks");
        assertThat(letter.value()).isEqualTo(new DeadLetter("test", "ticks", 3, 42, null, "why", null, false));
    }

    private static RecordMetadata place() {
        return new ProcessorRecordContext(7, 42, 3, "ticks", new RecordHeaders());
    }

    private DeadLetter letter(byte @Nullable [] key, byte[] value) {
        ProducerRecord<byte[], byte[]> record =
                letters.of(new ConsumerRecord<>("manual-trigger", 3, 42, key, value), "why");
        return Json.parse(new String(record.value(), StandardCharsets.UTF_8), DeadLetter.class);
    }
}
