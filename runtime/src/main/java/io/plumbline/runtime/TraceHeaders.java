package io.plumbline.runtime;

import io.plumbline.topics.record.Trace;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link Trace} as Kafka headers. What comes in and is not as W3C defines it is left out, and said. */
public final class TraceHeaders {

    public static final String REQUEST_ID = "plumbline-request-id";
    public static final String TRACEPARENT = "traceparent";
    public static final String TRACESTATE = "tracestate";

    private static final Logger LOG = LoggerFactory.getLogger(TraceHeaders.class);

    private TraceHeaders() {}

    /** Headers of a new record. */
    public static Headers of(@Nullable Trace trace) {
        Headers headers = new RecordHeaders();
        write(trace, headers);
        return headers;
    }

    public static void write(@Nullable Trace trace, Headers headers) {
        if (trace != null) {
            put(headers, REQUEST_ID, trace.requestId());
            put(headers, TRACEPARENT, trace.traceparent());
            put(headers, TRACESTATE, trace.tracestate());
        }
    }

    /** {@code null} where there is none. */
    public static @Nullable Trace read(Headers headers) {
        String requestId = text(headers, REQUEST_ID);
        String parent = valid(headers, TRACEPARENT, Trace::isTraceparent);
        String state = parent == null ? null : valid(headers, TRACESTATE, Trace::isTracestate);
        return requestId == null && parent == null ? null : new Trace(requestId, parent, state);
    }

    private static @Nullable String valid(Headers headers, String name, Predicate<String> rule) {
        String text = text(headers, name);
        if (text != null && !rule.test(text)) {
            LOG.warn("a header '{}' is ignored: it is not as W3C Trace Context defines it", name);
            return null;
        }
        return text;
    }

    private static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static void put(Headers headers, String name, @Nullable String value) {
        if (value != null) {
            headers.remove(name);
            headers.add(name, value.getBytes(StandardCharsets.UTF_8));
        }
    }
}
