package io.plumbline.runs;

import io.plumbline.runs.RunTopics.PlacedWork;
import io.plumbline.runtime.TraceHeaders;
import io.plumbline.topics.record.CaseEvent;
import io.plumbline.topics.record.Cause;
import io.plumbline.topics.record.Checkpoint;
import io.plumbline.topics.record.ClockTime;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunEnd;
import io.plumbline.topics.record.RunRequest;
import io.plumbline.topics.record.Trace;
import io.plumbline.topics.record.WorkCommand;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Everything that runs say, each to its sink. */
final class RunOutput {

    static final String REQUESTS = "run-requests-sink";
    static final String WORK = "work-sink";
    static final String PLACED_WORK = "placed-work-sink";
    static final String CASE_EVENTS = "case-events-sink";
    static final String REPORTS = "reports-sink";
    static final String ENDS = "run-ends-sink";
    static final String CHECKPOINTS = "checkpoints-sink";
    static final String CLOCK = "run-clock-sink";

    private final ProcessorContext<String, Object> context;
    private final RunTopics topics;

    RunOutput(ProcessorContext<String, Object> context, RunTopics topics) {
        this.context = context;
        this.topics = topics;
    }

    void request(RunRequest request, Instant now) {
        send(REQUESTS, request.group(), request, request.cause(), now);
    }

    void work(WorkCommand command, Cause cause, Instant now) {
        PlacedWork placed = topics.placed();
        boolean hasItsPlace = placed != null && placed.takes(command.work());
        send(hasItsPlace ? PLACED_WORK : WORK, command.key(), command, cause, now);
    }

    void caseEvent(CaseEvent event, Cause cause, Instant now) {
        send(CASE_EVENTS, topics.caseKey().apply(event.entity()), event, cause, now);
    }

    void report(Report report, Instant now) {
        send(REPORTS, report.runId(), report, report.cause(), now);
    }

    void end(RunEnd end, Cause cause, Instant now) {
        send(ENDS, end.job(), end, cause, now);
    }

    void checkpoint(Checkpoint checkpoint, Instant now) {
        send(CHECKPOINTS, checkpoint.dataset() + "/" + checkpoint.scope(), checkpoint, null, now);
    }

    void clock(ClockTime time) {
        send(CLOCK, Integer.toString(time.partition()), time, null, time.at());
    }

    /** Whatever a run says has the headers of what caused it. */
    private void send(String sink, String key, Object value, @Nullable Cause cause, Instant now) {
        Headers headers = TraceHeaders.of(cause == null ? null : Trace.of(cause));
        context.forward(new Record<>(key, value, Math.max(0, now.toEpochMilli()), headers), sink);
    }
}
