package io.plumbline.detector;

import io.plumbline.detector.series.ActiveMinutes;
import io.plumbline.runtime.DeadLetters;
import io.plumbline.topics.record.SeriesEvent;
import java.time.Duration;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Says that an exchange was active in the minute of a heartbeat. Keeps nothing: after a restart, and by each task, a minute
 * may be said again.
 */
final class HeartbeatListener implements Processor<String, byte[], String, Object> {

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    private final DeadLetters deadLetters;
    private final GapDetectorMetrics metrics;
    private final ActiveMinutes active = new ActiveMinutes();

    @SuppressWarnings("NullAway.Init") // set by init
    private ProcessorContext<String, Object> context;

    HeartbeatListener(GapDetectorConfig config, GapDetectorMetrics metrics) {
        this.deadLetters = new DeadLetters(GapDetectorConfig.SERIES_APPLICATION, config.topics());
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        this.context = context;
    }

    @Override
    public void process(Record<String, byte[]> record) {
        @Nullable String key = record.key();
        int colon = key == null ? -1 : key.indexOf(':');
        if (key == null || colon < 0 || key.substring(0, colon).isBlank()) {
            refuse(record);
            return;
        }
        metrics.heartbeats().increment();
        String exchange = key.substring(0, colon);
        long minute = Math.floorDiv(record.timestamp(), MINUTE);
        if (active.say(exchange, minute)) {
            context.forward(
                    new Record<>(exchange, new SeriesEvent.Active(exchange, minute), record.timestamp()),
                    SeriesTopology.HEARTBEATS_TO_SERIES_EVENTS);
        }
    }

    private void refuse(Record<String, byte[]> record) {
        RecordMetadata at = context.recordMetadata().orElseThrow();
        metrics.refused().increment();
        String reason = "a heartbeat needs its exchange in its key; right is exchange:symbol";
        context.forward(deadLetters.of(record, at, reason), SeriesTopology.HEARTBEATS_TO_DEAD_LETTERS);
    }
}
