package io.plumbline.detector.exchange;

import io.plumbline.detector.runs.CandleJobs;
import io.plumbline.runtime.TraceHeaders;
import io.plumbline.topics.record.BackfillCommand;
import io.plumbline.topics.record.ClockTime;
import io.plumbline.topics.record.Gap;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.SeriesCommand;
import io.plumbline.topics.record.Trace;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Everything that the stage of an exchange says, each to its sink. */
final class ExchangeOutput {

    static final String COMMANDS = "to-series-commands";
    static final String REQUESTS = "to-backfill-requests";
    static final String GAPS = "to-gaps";
    static final String RUN_EVENTS = "to-candle-run-events";
    static final String CLOCK = "to-exchange-clock";

    private final ProcessorContext<String, Object> context;

    ExchangeOutput(ProcessorContext<String, Object> context) {
        this.context = context;
    }

    void command(SeriesCommand command, long now) {
        send(COMMANDS, command.series().text(), command, null, now);
    }

    void request(BackfillCommand request, @Nullable Trace trace, long now) {
        send(REQUESTS, request.series().exchange(), request, trace, now);
    }

    void gap(Gap gap, @Nullable Trace trace, long now) {
        send(GAPS, gap.key(), gap, trace, now);
    }

    void event(RunEvent event, @Nullable Trace trace, long now) {
        send(RUN_EVENTS, CandleJobs.group(event.subject()), event, trace, now);
    }

    void clock(ClockTime time) {
        send(CLOCK, Integer.toString(time.partition()), time, null, time.at().toEpochMilli());
    }

    private void send(String sink, String key, Object value, @Nullable Trace trace, long now) {
        context.forward(new Record<>(key, value, Math.max(0, now), TraceHeaders.of(trace)), sink);
    }
}
