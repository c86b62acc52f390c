package io.plumbline.reconciler.work;

import static io.plumbline.reconciler.work.WorkerBench.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.runtime.RetryLaterException;
import io.plumbline.topics.json.Json;
import io.plumbline.topics.record.CaseEvent;
import io.plumbline.topics.record.DeadLetter;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.OutboxEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class EventResolverTest {

    private final WorkerBench bench = new WorkerBench();

    @Test
    void shouldKeyEventsByTheirEntity() {
        List<ProducerRecord<byte[], byte[]>> records = handle(event("mail", "1", "c1"), event("mail", "2", "c2"));

        assertThat(records).extracting(ProducerRecord::topic).containsOnly("case-events");
        assertThat(records.getFirst().key()).asString().isEqualTo("mail/c1");
        assertThat(Json.parse(text(records.getFirst()), CaseEvent.class))
                .isEqualTo(new CaseEvent.Changed(EntityKey.of("mail", "c1"), "1", 99, NOW));
        assertThat(bench.calls).containsExactly("resolve 2");
        assertThat(bench.meters.counted).containsExactly("mail true", "mail true");
    }

    @Test
    void shouldMakeDeadLettersOfEventsWithoutAnEntityAndGoOn() {
        List<ProducerRecord<byte[], byte[]>> records =
                handle(event("mail", "1", "?"), event("other", "2", "c1"), event("mail", "3", "c1"));

        assertThat(records)
                .extracting(ProducerRecord::topic)
                .containsExactly("dead-letters", "case-events", "dead-letters");
        DeadLetter letter = Json.parse(text(records.getFirst()), DeadLetter.class);
        assertThat(letter.topic()).isEqualTo("topic");
        assertThat(letter.partition()).isEqualTo(3);
        assertThat(letter.offset()).isEqualTo(17);
        assertThat(letter.reason()).isEqualTo("no such row");
        assertThat(letter.value()).contains("\"aggregateId\":\"?\"");
        assertThat(Json.parse(text(records.get(2)), DeadLetter.class).reason()).contains("other");
    }

    @Test
    void shouldWaitWhileTheSourceIsAway() {
        bench.away = "source";

        assertThatThrownBy(() -> handle(event("mail", "1", "c1"))).isInstanceOf(RetryLaterException.class);
    }

    private List<ProducerRecord<byte[], byte[]>> handle(OutboxEvent... events) {
        return new EventResolver(Map.of("mail", bench.outbox), bench.topics, bench.meters)
                .handle(WorkerBench.received(List.of(events)));
    }

    private static String text(ProducerRecord<byte[], byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }

    private static OutboxEvent event(String dataset, String id, String aggregateId) {
        return new OutboxEvent(dataset, id, "email", aggregateId, "changed", null, 1L, 99, NOW);
    }
}
