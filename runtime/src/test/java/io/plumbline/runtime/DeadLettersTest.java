package io.plumbline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.Topic;
import io.plumbline.topics.Topics;
import io.plumbline.topics.json.Json;
import io.plumbline.topics.record.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
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

    private DeadLetter letter(byte @Nullable [] key, byte[] value) {
        ProducerRecord<byte[], byte[]> record =
                letters.of(new ConsumerRecord<>("manual-trigger", 3, 42, key, value), "why");
        return Json.parse(new String(record.value(), StandardCharsets.UTF_8), DeadLetter.class);
    }
}
