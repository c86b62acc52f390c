package io.plumbline.detector;

import io.plumbline.runtime.DeadLetters;
import io.plumbline.topics.record.SeriesEvent;
import io.plumbline.topics.record.WorkAnswer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Sends what the series' stage says, each record where it belongs. */
record SeriesOutlet(ProcessorContext<String, Object> context, DeadLetters deadLetters, GapDetectorMetrics metrics) {

    /** Says it to the stage of its exchange. */
    void say(SeriesEvent event, long at) {
        context.forward(new Record<>(event.exchange(), event, at), SeriesTopology.TO_SERIES_EVENTS);
    }

    void answer(WorkAnswer answer, long at) {
        context.forward(new Record<>(answer.group(), answer, at), SeriesTopology.TO_CACHE_SCAN_ANSWERS);
    }

    /** Makes a dead letter of the record that is being processed. */
    void refuse(Record<String, ?> record, String reason) {
        RecordMetadata at = context.recordMetadata().orElseThrow();
        metrics.refused().increment();
        context.forward(deadLetters.of(record, at, reason), SeriesTopology.TO_DEAD_LETTERS);
    }
}
