package io.plumbline.detector;

import io.plumbline.topics.json.Json;
import io.plumbline.topics.record.DeadLetter;
import io.plumbline.topics.record.SeriesEvent;
import io.plumbline.topics.record.WorkAnswer;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Sends what the series' stage says, each record where it belongs. */
record SeriesOutlet(ProcessorContext<String, Object> context, GapDetectorMetrics metrics) {

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
        @Nullable String key = record.key();
        @Nullable Object value = record.value();
        DeadLetter letter = new DeadLetter(
                GapDetectorConfig.SERIES_APPLICATION,
                at.topic(),
                at.partition(),
                at.offset(),
                key,
                reason,
                value == null ? null : Json.text(value),
                false);
        context.forward(
                new Record<>(Objects.requireNonNullElse(key, at.topic()), letter, record.timestamp()),
                SeriesTopology.TO_DEAD_LETTERS);
    }
}
