package io.plumbline.topics;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.topics.json.Json;
import io.plumbline.topics.json.JsonSerde;
import io.plumbline.topics.record.Drift;
import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.EntityKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DriftTest {

    private static final Drift DRIFT = new Drift(
            EntityKey.of("mails", "1"),
            DriftClass.MISSING,
            Instant.EPOCH,
            Instant.EPOCH,
            "run",
            "confirmed",
            List.of(),
            null);

    @ParameterizedTest
    @ValueSource(strings = {"entity", "drift", "firstSeen", "confirmedAt", "runId", "state"})
    void shouldNotBeReadWhenAFieldIsLeftOut(String field) {
        ObjectNode incomplete = Json.MAPPER.valueToTree(DRIFT);
        incomplete.remove(field);

        assertThatThrownBy(() -> read(incomplete.toString()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("a drift without " + field);
    }

    @Test
    void shouldNotBeReadWhenItIsEmpty() {
        assertThatThrownBy(() -> read("{}"))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("it has entity, drift, firstSeen, confirmedAt, runId and state");
    }

    private static Drift read(String json) {
        return new JsonSerde<>(Drift.class).deserializer().deserialize("drifts", json.getBytes(StandardCharsets.UTF_8));
    }
}
