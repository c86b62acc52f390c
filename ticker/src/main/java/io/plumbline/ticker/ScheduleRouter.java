package io.plumbline.ticker;

import io.plumbline.topics.json.Json;
import io.plumbline.topics.record.DeadLetter;
import io.plumbline.topics.record.Schedule;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes users' schedules in: what cannot be taken becomes a dead letter, everything else goes to its key's partition.
 */
final class ScheduleRouter implements Processor<String, Schedule, String, Object> {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduleRouter.class);

    private final TickerMetrics metrics;

    @SuppressWarnings("NullAway.Init") // set by init
    private ProcessorContext<String, Object> context;

    ScheduleRouter(TickerMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        this.context = context;
    }

    @Override
    public void process(Record<String, Schedule> record) {
        Optional<String> problem = ScheduleCheck.problem(record.key(), record.value());
        if (problem.isPresent()) {
            refuse(record, problem.get());
        } else {
            context.forward(record.withValue((Object) record.value()), TickerTopology.TO_SCHEDULES_BY_KEY);
        }
    }

    private void refuse(Record<String, Schedule> record, String reason) {
        RecordMetadata at = context.recordMetadata().orElseThrow();
        @Nullable String key = record.key();
        LOG.warn("schedule {} is refused ({}-{} offset {}): {}", key, at.topic(), at.partition(), at.offset(), reason);
        metrics.refused().increment();
        @Nullable Schedule schedule = record.value();
        DeadLetter letter = new DeadLetter(
                TickerConfig.APPLICATION,
                at.topic(),
                at.partition(),
                at.offset(),
                key,
                reason,
                schedule == null ? null : Json.text(schedule),
                false);
        context.forward(
                new Record<>(key == null ? at.topic() : key, letter, record.timestamp()),
                TickerTopology.TO_DEAD_LETTERS);
    }
}
