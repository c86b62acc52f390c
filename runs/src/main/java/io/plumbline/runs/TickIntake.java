package io.plumbline.runs;

import io.plumbline.topics.json.Json;
import io.plumbline.topics.record.DeadLetter;
import io.plumbline.topics.record.Tick;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Turns ticks into run requests; a tick of a job that does not exist becomes one dead letter. */
final class TickIntake extends ContextualProcessor<String, Tick, String, Object> {

    private final String app;
    private final RequestResolver resolver;

    TickIntake(String app, Jobs jobs) {
        this.app = app;
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
                DeadLetter letter = new DeadLetter(
                        app,
                        from.topic(),
                        from.partition(),
                        from.offset(),
                        record.key(),
                        refused.reason(),
                        Json.text(tick),
                        false);
                String key = record.key() == null ? from.topic() : record.key();
                context().forward(record.withKey(key).withValue(letter), IntakeSinks.DEAD_LETTERS);
            }
        }
    }
}
