package io.plumbline.reconciler.cases;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * A case as bytes. Binary and short, since each change of a source writes it three times; its first byte is the format's
 * version. Drifts, which are rare, stand in it as JSON.
 */
final class CaseSerde implements Serde<Case> {

    static final int VERSION = 1;

    @Override
    public Serializer<Case> serializer() {
        return (topic, value) -> write(value);
    }

    @Override
    public Deserializer<Case> deserializer() {
        return (topic, bytes) -> read(topic, bytes);
    }

    @SuppressWarnings("NullAway") // Kafka's interfaces are not annotated; null is its tombstone
    private static byte[] write(@Nullable Case value) {
        if (value == null) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            new CaseWriter(out).write(value);
        } catch (IOException e) {
            throw new SerializationException("cannot write case " + value.id(), e);
        }
        return bytes.toByteArray();
    }

    @SuppressWarnings("NullAway")
    private static Case read(String topic, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readByte();
            if (version != VERSION) {
                throw new SerializationException("a case of " + topic + " has the unknown format " + version);
            }
            return new CaseReader(in).read();
        } catch (IOException e) {
            throw new SerializationException("a case of " + topic + " is cut off", e);
        }
    }
}
