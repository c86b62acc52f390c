package io.plumbline.ticker;

import io.plumbline.runtime.DeadLetters;
import io.plumbline.topics.Topics;
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

    private final DeadLetters deadLetters;
    private final TickerMetrics metrics;

    @SuppressWarnings("NullAway.Init") // set by init
    private ProcessorContext<String, Object> context;

    ScheduleRouter(Topics topics, TickerMetrics metrics) {
        this.deadLetters = new DeadLetters(TickerConfig.APPLICATION, topics);
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
        context.forward(deadLetters.of(record, at, reason), TickerTopology.TO_DEAD_LETTERS);
    }
}
