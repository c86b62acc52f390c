package io.plumbline.runs;

import io.plumbline.runtime.DeadLetters;
import io.plumbline.topics.Topics;
import io.plumbline.topics.record.Tick;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Turns ticks into run requests; a tick of a job that does not exist becomes one dead letter. */
final class TickIntake extends ContextualProcessor<String, Tick, String, Object> {

    private final RequestResolver resolver;
    private final DeadLetters deadLetters;

    TickIntake(String app, Jobs jobs, Topics topics) {
        this.deadLetters = new DeadLetters(app, topics);
        this.resolver = new RequestResolver(jobs);
    }

    @Override
    public void process(Record<String, Tick> record) {
        Tick tick = record.value();
        if (tick == null) {
            return;
        }
        switch (resolver.tick(tick)) {
            case Resolution.Accepted accepted ->
                context()
                        .forward(
                                record.withKey(accepted.request().group()).withValue(accepted.request()),
                                IntakeSinks.REQUESTS);
            case Resolution.OfOthers others -> {}
            case Resolution.Refused refused -> {
                RecordMetadata from = context().recordMetadata().orElseThrow();
                context().forward(deadLetters.of(record, from, refused.reason()), IntakeSinks.DEAD_LETTERS);
            }
        }
    }
}
