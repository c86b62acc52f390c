package io.plumbline.runs;

import io.plumbline.runtime.DeadLetters;
import io.plumbline.runtime.TraceHeaders;
import io.plumbline.topics.Topics;
import io.plumbline.topics.record.Cause;
import io.plumbline.topics.record.DeadLetter;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunIds;
import io.plumbline.topics.record.RunRequest;
import io.plumbline.topics.record.RunStatus;
import io.plumbline.topics.record.Trace;
import io.plumbline.topics.record.Trigger;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Turns triggers, which anyone may write with or without a key, into run requests keyed by their exclusive group. What
 * cannot be used becomes a dead letter, and a report of status failed where its request id can be read.
 */
final class TriggerIntake extends ContextualProcessor<byte[], byte[], String, Object> {

    private final Jobs jobs;
    private final RequestResolver resolver;
    private final DeadLetters deadLetters;

    TriggerIntake(String app, Jobs jobs, Topics topics) {
        this.jobs = jobs;
        resolver = new RequestResolver(jobs);
        deadLetters = new DeadLetters(app, topics);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata from = context().recordMetadata().orElseThrow();
        TriggerReading reading = TriggerReading.of(record.value());
        Trigger trigger = reading.trigger();
        if (trigger == null) {
            if (jobs.answersUnknown()) {
                refuse(record, from, reading, String.valueOf(reading.reason()));
            }
            return;
        }
        String requestId = trigger.requestId() == null
                ? from.topic() + "-" + from.partition() + "-" + from.offset()
                : trigger.requestId();
        Trace trace = traceOf(record, requestId);
        switch (resolver.trigger(trigger, trace, Instant.ofEpochMilli(record.timestamp()))) {
            case Resolution.Accepted accepted -> accept(record, accepted.request());
            case Resolution.OfOthers others -> {}
            case Resolution.Refused refused -> refuse(record, from, reading, refused.reason());
        }
    }

    private void accept(Record<byte[], byte[]> record, RunRequest request) {
        Headers headers = TraceHeaders.of(Trace.of(request.cause()));
        context().forward(new Record<>(request.group(), request, record.timestamp(), headers), IntakeSinks.REQUESTS);
    }

    /** The trigger's own request id, whatever a header says, and the trace context of its headers. */
    private static Trace traceOf(Record<byte[], byte[]> record, String requestId) {
        Trace headers = TraceHeaders.read(record.headers());
        return headers == null
                ? new Trace(requestId, null, null)
                : new Trace(requestId, headers.traceparent(), headers.tracestate());
    }

    private void refuse(Record<byte[], byte[]> record, RecordMetadata from, TriggerReading reading, String reason) {
        DeadLetter letter =
                deadLetters.letter(from.topic(), from.partition(), from.offset(), record.key(), record.value(), reason);
        String key = letter.key() == null ? letter.topic() : letter.key();
        context().forward(new Record<>(key, letter, record.timestamp()), IntakeSinks.DEAD_LETTERS);
        String requestId = reading.requestId();
        if (requestId != null) {
            Report report =
                    refusal(reading, traceOf(record, requestId), Instant.ofEpochMilli(record.timestamp()), reason);
            Headers headers = TraceHeaders.of(Trace.of(report.cause()));
            context().forward(new Record<>(report.runId(), report, record.timestamp(), headers), IntakeSinks.REPORTS);
        }
    }

    private static Report refusal(TriggerReading reading, Trace trace, Instant at, String reason) {
        Trigger trigger = reading.trigger();
        String job = reading.job();
        String requestId = String.valueOf(trace.requestId());
        Cause cause = new Cause(
                Cause.Kind.MANUAL,
                null,
                null,
                requestId,
                trigger == null ? null : trigger.who(),
                null,
                trace.traceparent(),
                trace.tracestate());
        return Reports.ofNoRun(NoRun.of(job, runId(job, requestId), cause, at, reason), RunStatus.FAILED);
    }

    private static String runId(@Nullable String job, String requestId) {
        return RunIds.manual(job == null ? NoRun.NO_KIND : job, requestId);
    }
}
