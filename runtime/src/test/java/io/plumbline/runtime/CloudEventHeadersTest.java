package io.plumbline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.Topics;
import io.plumbline.topics.record.Schedule;
import io.plumbline.topics.record.Tick;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CloudEventHeadersTest {

    private static final Schedule SCHEDULE = new Schedule("0 * * * *", null, "clients", null, false, false, null);

    private final Topics topics = new Topics("staging.", 4);
    private final CloudEventHeaders interceptor =
            new CloudEventHeaders(Clock.fixed(Instant.parse("2026-11-21T22:00:00Z"), ZoneOffset.UTC));

    @BeforeEach
    void configure() {
        interceptor.configure(Map.of(CloudEventHeaders.TOPIC_PREFIX, "staging."));
    }

    @Test
    void shouldAddHeadersWhenATopicIsTheUsers() {
        ProducerRecord<byte[], byte[]> sent = interceptor.onSend(topics.schedules.toRecord("hourly", SCHEDULE));

        assertThat(headers(sent))
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_type", "io.plumbline.schedules.v1")
                .containsEntry("ce_source", "/plumbline")
                .containsEntry("ce_subject", "hourly")
                .containsEntry("ce_time", "2026-11-21T22:00:00Z")
                .containsEntry("content-type", "application/json")
                .containsKey("ce_id");
    }

    @Test
    void shouldGiveTheSameIdWhenTheRecordIsTheSame() {
        ProducerRecord<byte[], byte[]> once = interceptor.onSend(topics.schedules.toRecord("hourly", SCHEDULE));
        ProducerRecord<byte[], byte[]> again = interceptor.onSend(topics.schedules.toRecord("hourly", SCHEDULE));
        ProducerRecord<byte[], byte[]> other = interceptor.onSend(topics.schedules.toRecord("daily", SCHEDULE));

        assertThat(headers(once).get("ce_id"))
                .isEqualTo(headers(again).get("ce_id"))
                .isNotEqualTo(headers(other).get("ce_id"));
    }

    @Test
    void shouldAddNothingWhenATopicIsBetweenTheApps() {
        Tick tick = new Tick("hourly", Instant.EPOCH, "clients", Instant.EPOCH);

        assertThat(headers(interceptor.onSend(topics.ticks.toRecord("clients", tick))))
                .isEmpty();
    }

    private static Map<String, String> headers(ProducerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new TreeMap<>();
        record.headers().forEach(h -> headers.put(h.key(), new String(h.value(), StandardCharsets.UTF_8)));
        return headers;
    }
}
