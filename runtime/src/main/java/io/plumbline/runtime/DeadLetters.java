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
        String key = bad.key() == null ? null : asText(bad.key());
        boolean keyIsText = bad.key() == null || key != null;
        String printableKey = keyIsText ? key : Base64.getEncoder().encodeToString(bad.key());
        byte[] value = bad.value();
        String text = value == null ? null : asText(value);
        boolean base64 = value != null && text == null;
        return record(new DeadLetter(
                app,
                bad.topic(),
                bad.partition(),
                bad.offset(),
                printableKey,
                reason,
                base64 ? Base64.getEncoder().encodeToString(value) : text,
                base64));
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
