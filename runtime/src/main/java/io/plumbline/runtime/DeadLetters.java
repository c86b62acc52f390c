package io.plumbline.runtime;

import io.plumbline.topics.Topics;
import io.plumbline.topics.record.DeadLetter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Makes dead letters of records that could not be used: keyed like the record, or by its topic where it has no key. */
public final class DeadLetters {

    private final String app;
    private final Topics topics;

    public DeadLetters(String app, Topics topics) {
        this.app = app;
        this.topics = topics;
    }

    public ProducerRecord<byte[], byte[]> of(ConsumerRecord<byte[], byte[]> bad, String reason) {
        return record(letter(bad.topic(), bad.partition(), bad.offset(), bad.key(), bad.value(), reason));
    }

    /** The letter of a record that was read as bytes. */
    public DeadLetter letter(
            String topic, int partition, long offset, byte @Nullable [] key, byte @Nullable [] value, String reason) {
        String keyText = key == null ? null : asText(key);
        String valueText = value == null ? null : asText(value);
        return new DeadLetter(
                app,
                topic,
                partition,
                offset,
                keyText == null && key != null ? Base64.getEncoder().encodeToString(key) : keyText,
                reason,
                valueText == null && value != null ? Base64.getEncoder().encodeToString(value) : valueText,
                valueText == null && value != null);
    }

    public ProducerRecord<byte[], byte[]> record(DeadLetter letter) {
        String key = letter.key();
        return topics.deadLetters.toRecord(key == null ? letter.topic() : key, letter);
    }

    /** The bytes as UTF-8 text; {@code null} where they are not. */
    private static @Nullable String asText(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
