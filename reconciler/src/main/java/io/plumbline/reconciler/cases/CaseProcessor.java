package io.plumbline.reconciler.cases;

import io.plumbline.reconciler.cases.CaseTopology.Sinks;
import io.plumbline.runtime.ClockProposals;
import io.plumbline.runtime.DeadLetters;
import io.plumbline.runtime.TraceHeaders;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.record.CaseEvent;
import io.plumbline.topics.record.CheckAnswer;
import io.plumbline.topics.record.ClockTime;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.RepairAnswer;
import io.plumbline.topics.record.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Moves records between Kafka and the {@link CaseMachine}.
 *
 * <ol>
 *   <li>An event or answer: the entity's case is read, makes its transition, and is written; its due time with it.
 *   <li>A clock record: so do the cases that are due, at most {@link #AT_ONCE}.
 *   <li>A punctuation only proposes the time, to the clock topic: see ADR 1.
 * </ol>
 */
final class CaseProcessor implements Processor<String, Object, String, Object> {

    static final int AT_ONCE = 2_000;
    static final Duration LOOK_AT_CLOCK = Duration.ofMillis(50);

    private final DeadLetters deadLetters;
    private final Map<String, CaseMachine> machines = new HashMap<>();
    private final ClockProposals proposals = new ClockProposals();
    private long clock;
    private @Nullable ProcessorContext<String, Object> context;
    private @Nullable KeyValueStore<String, Case> cases;
    private @Nullable DueIndex due;

    CaseProcessor(DeadLetters deadLetters, PlumblineConfig config) {
        this.deadLetters = deadLetters;
        for (String dataset : config.datasets().keySet()) {
            machines.put(dataset, new CaseMachine(CaseRules.of(dataset, config)));
        }
    }

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        KeyValueStore<Bytes, byte[]> dueTimes = processorContext.getStateStore(CaseStores.DUE);
        context = processorContext;
        cases = processorContext.getStateStore(CaseStores.CASES);
        due = new DueIndex(dueTimes);
        processorContext.schedule(LOOK_AT_CLOCK, PunctuationType.WALL_CLOCK_TIME, this::lookAtClock);
    }

    private void lookAtClock(long now) {
        if (proposals.propose(now, due().earliest())) {
            ClockTime time = new ClockTime(context().taskId().partition(), Instant.ofEpochMilli(now));
            forward(Sinks.CLOCK, Integer.toString(time.partition()), time, now, TraceHeaders.of(null));
        }
    }

    @Override
    public void process(Record<String, Object> input) {
        if (input.value() == null) {
            deadLetter(input, "it has no value");
            return;
        }
        switch (input.value()) {
            case CaseEvent event -> take(event, input);
            case CheckAnswer answer -> step(answer.entity(), new CaseInput.Looked(answer), input);
            case RepairAnswer answer -> step(answer.entity(), new CaseInput.Repaired(answer), input);
            case ClockTime time -> ring(time, input);
            default -> throw new IllegalStateException("not a record for cases: " + input.value());
        }
    }

    private void take(CaseEvent event, Record<String, Object> input) {
        if (machines.containsKey(event.entity().dataset())) {
            step(event.entity(), new CaseInput.Happened(event), input);
        } else {
            deadLetter(input, "dataset '" + event.entity().dataset() + "' is not configured");
        }
    }

    private void ring(ClockTime time, Record<String, Object> input) {
        long at = time.at().toEpochMilli();
        proposals.readBack(at);
        clock = Math.max(clock, at);
        for (DueIndex.Entry entry : due().takeUpTo(at, AT_ONCE)) {
            Case state = cases().get(entry.entity());
            if (state != null && state.due() == entry.due()) {
                step(EntityKey.parse(entry.entity()), entry.entity(), state, new CaseInput.Due(), moment(input), null);
            }
        }
    }

    private void step(EntityKey entity, CaseInput what, Record<String, Object> input) {
        String key = entity.text();
        Case before = cases().get(key);
        Case after = step(entity, key, before, what, moment(input), TraceHeaders.read(input.headers()));
        if (before != null && (after == null || after.due() != before.due())) {
            due().remove(before.due(), key);
        }
    }

    /** Makes the transition. The entry of the due time before is its caller's to remove. */
    private @Nullable Case step(
            EntityKey entity, String key, @Nullable Case before, CaseInput what, Moment moment, @Nullable Trace asked) {
        CaseMachine machine = machines.get(entity.dataset());
        if (machine == null && before == null) {
            return null;
        }
        Step step = machine == null
                ? CaseMachine.abandon(entity, Objects.requireNonNull(before))
                : machine.step(entity, before, what, moment);
        CaseTraces traces = new CaseTraces(before, what, asked);
        Case after = step.state() == null ? null : traces.remember(step.state(), what);
        if (after == null) {
            if (before != null) {
                cases().delete(key);
            }
        } else if (!after.equals(before)) {
            cases().put(key, after);
        }
        if (after != null && (before == null || what instanceof CaseInput.Due || after.due() != before.due())) {
            due().put(after.due(), key);
        }
        for (Effect effect : step.effects()) {
            send(effect, key, moment.now(), TraceHeaders.of(traces.of(effect)));
        }
        return after;
    }

    private void send(Effect effect, String key, long now, Headers headers) {
        switch (effect) {
            case Effect.Ask ask ->
                forward(ask.fast() ? Sinks.FAST_CHECKS : Sinks.CHECKS, key, ask.command(), now, headers);
            case Effect.Repair repair -> forward(Sinks.REPAIRS, key, repair.command(), now, headers);
            case Effect.Publish publish -> forward(Sinks.DRIFTS, key, publish.drift(), now, headers);
            case Effect.Tell tell -> forward(Sinks.RUN_EVENTS, tell.group(), tell.event(), now, headers);
        }
    }

    /** The id is made of the record's place and time: another record of the entity never has the same. */
    private Moment moment(Record<String, Object> input) {
        RecordMetadata place = context().recordMetadata().orElseThrow();
        String source = Integer.toString(Math.floorMod(place.topic().hashCode(), 36 * 36), 36);
        String id = Long.toString(input.timestamp(), 36) + "-" + source + "-" + Long.toString(place.offset(), 36);
        return new Moment(Math.max(clock, input.timestamp()), input.timestamp(), id);
    }

    private void deadLetter(Record<String, Object> input, String reason) {
        RecordMetadata place = context().recordMetadata().orElseThrow();
        context().forward(deadLetters.of(input, place, reason), Sinks.DEAD_LETTERS);
    }

    @SuppressWarnings("NullAway") // null is Kafka's tombstone
    private void forward(String sink, String key, @Nullable Object value, long timestamp, Headers headers) {
        context().forward(new Record<>(key, value, timestamp, headers), sink);
    }

    private ProcessorContext<String, Object> context() {
        return Objects.requireNonNull(context);
    }

    private KeyValueStore<String, Case> cases() {
        return Objects.requireNonNull(cases);
    }

    private DueIndex due() {
        return Objects.requireNonNull(due);
    }
}
