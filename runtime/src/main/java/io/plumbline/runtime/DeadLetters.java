package io.plumbline.runtime;

import io.plumbline.topics.Topic;
import io.plumbline.topics.Topics;
import io.plumbline.topics.json.Json;
import io.plumbline.topics.log.LogFields;
import io.plumbline.topics.record.DeadLetter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Makes dead letters of records that could not be used: keyed like the record, or by its topic where it has no key. A
 * letter always fits into a record, whatever it is about: of a value beyond {@link #WHOLE} bytes the beginning is kept,
 * which the reason says; the record itself stays where it was.
 */
public final class DeadLetters {

    static final int WHOLE = Topic.LARGEST_RECORD / 4;
    private static final int LONGEST_KEY = 64 * 1024;

    private final String app;
    private final Topics topics;

    public DeadLetters(String app, Topics topics) {
        this.app = app;
        this.topics = topics;
    }

    /** Says which record it is, and why; the record's place also as fields. */
    static void log(Logger log, ConsumerRecord<?, ?> bad, Exception reason) {
        LogFields.ofRecord(log.atWarn(), bad.topic(), bad.partition(), bad.offset())
                .log(
                        "dead letter: {}-{} offset {}: {}",
                        bad.topic(),
                        bad.partition(),
                        bad.offset(),
                        reason.getMessage());
    }

    public ProducerRecord<byte[], byte[]> of(ConsumerRecord<byte[], byte[]> bad, String reason) {
        return record(letter(bad.topic(), bad.partition(), bad.offset(), bad.key(), bad.value(), reason));
    }

    /** The letter of a record that a stream has read, to be forwarded. */
    public Record<String, Object> of(Record<String, ?> bad, RecordMetadata at, String reason) {
        DeadLetter letter =
                letter(at.topic(), at.partition(), at.offset(), bytes(bad.key()), bytes(bad.value()), reason);
        return new Record<>(key(letter), letter, bad.timestamp());
    }

    /** The letter of a record that a worker has read. */
    public ProducerRecord<byte[], byte[]> of(Received<?> bad, String reason) {
        return record(letter(bad.topic(), bad.partition(), bad.offset(), bytes(bad.key()), bytes(bad.value()), reason));
    }

    /** The letter of a record that was read as bytes. */
    public DeadLetter letter(
            String topic, int partition, long offset, byte @Nullable [] key, byte @Nullable [] value, String reason) {
        byte[] readableKey = key != null && key.length <= LONGEST_KEY ? key : null;
        String keyText = readableKey == null ? null : asText(readableKey);
        byte[] kept = value != null && value.length > WHOLE ? Arrays.copyOf(value, WHOLE) : value;
        String valueText = kept == null ? null : asText(kept);
        String cut = value != null && value.length > WHOLE
                ? " (the value's first " + WHOLE + " of " + value.length + " bytes)"
                : "";
        return new DeadLetter(
                app,
                topic,
                partition,
                offset,
                keyText == null && readableKey != null ? base64(readableKey) : keyText,
                reason + cut,
                valueText == null && kept != null ? base64(kept) : valueText,
                valueText == null && kept != null);
    }

    public ProducerRecord<byte[], byte[]> record(DeadLetter letter) {
        return topics.deadLetters.toRecord(key(letter), letter);
    }

    private static String key(DeadLetter letter) {
        return letter.key() == null ? letter.topic() : letter.key();
    }

    /** What was read, as it would be written. */
    private static byte @Nullable [] bytes(@Nullable Object read) {
        return switch (read) {
            case null -> null;
            case byte[] bytes -> bytes;
            case String text -> text.getBytes(StandardCharsets.UTF_8);
            default -> Json.text(read).getBytes(StandardCharsets.UTF_8);
        };
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The bytes as UTF-8 text; {@code null} where they are not, or are mostly control characters. */
    private static @Nullable String asText(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            long controls = text.chars().filter(c -> c < ' ' && c != '\n').count();
            return controls > text.length() / 8 ? null : text;
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
