package io.plumbline.topics.log;

import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.Trace;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.slf4j.spi.LoggingEventBuilder;

/** The fields of structured logs: a line that is about a run, an entity or a record has its fields, by these names. */
public final class LogFields {

    public static final String RUN_ID = "runId";
    public static final String DATASET = "dataset";
    public static final String KEY = "key";
    public static final String REQUEST_ID = "requestId";
    public static final String TRACEPARENT = "traceparent";
    public static final String TOPIC = "topic";
    public static final String PARTITION = "partition";
    public static final String OFFSET = "offset";

    private LogFields() {}

    /** @param dataset what the run is about: of candles, the exchange */
    public static LoggingEventBuilder ofRun(LoggingEventBuilder line, String runId, @Nullable String dataset) {
        LoggingEventBuilder ofRun = line.addKeyValue(RUN_ID, runId);
        return dataset == null ? ofRun : ofRun.addKeyValue(DATASET, dataset);
    }

    public static LoggingEventBuilder ofEntity(LoggingEventBuilder line, EntityKey entity) {
        return line.addKeyValue(DATASET, entity.dataset())
                .addKeyValue(KEY, entity.text().substring(entity.dataset().length() + 1));
    }

    public static LoggingEventBuilder ofRecord(LoggingEventBuilder line, String topic, int partition, long offset) {
        return line.addKeyValue(TOPIC, topic).addKeyValue(PARTITION, partition).addKeyValue(OFFSET, offset);
    }

    /** All lines of this thread have the trace's fields, until what is returned is closed. */
    public static Traced traced(@Nullable Trace trace) {
        put(REQUEST_ID, trace == null ? null : trace.requestId());
        put(TRACEPARENT, trace == null ? null : trace.traceparent());
        return () -> {
            MDC.remove(REQUEST_ID);
            MDC.remove(TRACEPARENT);
        };
    }

    private static void put(String field, @Nullable String value) {
        if (value == null) {
            MDC.remove(field);
        } else {
            MDC.put(field, value);
        }
    }

    /** To be closed by whoever began it. */
    public interface Traced extends AutoCloseable {
        @Override
        void close();
    }
}
