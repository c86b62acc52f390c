package io.plumbline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.record.Trace;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TraceHeadersTest {

    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final Trace TRACE = new Trace("request", PARENT, "vendor=1");

    @Test
    void shouldReadWhatWasWrittenWhenAllIsThere() {
        assertThat(TraceHeaders.read(TraceHeaders.of(TRACE))).isEqualTo(TRACE);
        assertThat(TraceHeaders.of(null)).isEmpty();
    }

    @Test
    void shouldIgnoreTheTraceContextWhenItIsNotAsW3cDefinesIt() {
        Headers headers = new RecordHeaders();
        headers.add(TraceHeaders.REQUEST_ID, bytes("request"));
        headers.add(TraceHeaders.TRACEPARENT, bytes("00-zz"));
        headers.add(TraceHeaders.TRACESTATE, bytes("vendor=1"));

        assertThat(TraceHeaders.read(headers)).isEqualTo(new Trace("request", null, null));
    }

    @Test
    void shouldPutACommandsTraceOnItsOwnAnswerWhenABatchHasSeveral() {
        BatchTraces traces = BatchTraces.of(List.of(received("a", TRACE), received("b", null)), value -> value);

        assertThat(TraceHeaders.read(traces.on(answer(), "a").headers())).isEqualTo(TRACE);
        assertThat(TraceHeaders.read(traces.on(answer(), "b").headers())).isNull();
    }

    private static Received<String> received(String value, @Nullable Trace trace) {
        return new Received<>("topic", 0, 0, 0, null, value, trace);
    }

    private static ProducerRecord<byte[], byte[]> answer() {
        return new ProducerRecord<>("answers", new byte[0]);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
