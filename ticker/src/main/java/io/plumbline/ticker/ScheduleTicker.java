package io.plumbline.ticker;

import io.plumbline.runtime.ClockProposals;
import io.plumbline.topics.json.JsonSerde;
import io.plumbline.topics.record.ClockTime;
import io.plumbline.topics.record.Schedule;
import io.plumbline.topics.record.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Owns the schedules of its partition and fires their ticks.
 *
 * <ol>
 *   <li>A schedule's record changes what is known ({@link ScheduleChange}).
 *   <li>A punctuation that finds something due proposes the time, into {@code tick-clock}: alone, its output would be in
 *       a transaction that no consumed offset fences, and a process that lost the partition could fire again.
 *   <li>The proposal, read back, fires what is due by the {@link CatchUpRule} and remembers it, in one transaction.
 * </ol>
 */
final class ScheduleTicker implements Processor<String, Object, String, Object> {

    static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private static final String STORE = "schedule-states";

    private final TickerConfig config;
    private final TickerMetrics metrics;
    private final ClockProposals proposals = new ClockProposals();
    private final DueSchedules index = new DueSchedules();

    @SuppressWarnings("NullAway.Init") // set by init
    private ProcessorContext<String, Object> context;

    @SuppressWarnings("NullAway.Init") // set by init
    private KeyValueStore<String, ScheduleState> states;

    private ScheduleTicker(TickerConfig config, TickerMetrics metrics) {
        this.config = config;
        this.metrics = metrics;
    }

    /** Makes the ticker of each task, with its store. */
    record Supplier(TickerConfig config, TickerMetrics metrics)
            implements ProcessorSupplier<String, Object, String, Object> {

        @Override
        public ScheduleTicker get() {
            return new ScheduleTicker(config, metrics);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(Stores.keyValueStoreBuilder(
                    Stores.persistentKeyValueStore(STORE), Serdes.String(), new JsonSerde<>(ScheduleState.class)));
        }
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        this.context = context;
        states = context.getStateStore(STORE);
        try (KeyValueIterator<String, ScheduleState> all = states.all()) {
            while (all.hasNext()) {
                KeyValue<String, ScheduleState> state = all.next();
                remember(state.key, state.value);
            }
        }
        context.schedule(LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, millis -> propose(Instant.ofEpochMilli(millis)));
    }

    @Override
    public void process(Record<String, Object> record) {
        if (record.value() instanceof ClockTime clock) {
            proposals.readBack(clock.at().toEpochMilli());
            index.due(clock.at()).forEach(name -> fire(name, clock.at()));
        } else {
            change(record.key(), (Schedule) record.value(), Instant.ofEpochMilli(record.timestamp()));
        }
    }

    @Override
    public void close() {
        metrics.activeChanged(-index.size());
    }

    private void propose(Instant now) {
        long due = index.anyDue(now) ? now.toEpochMilli() : Long.MAX_VALUE;
        if (proposals.propose(now.toEpochMilli(), due)) {
            int partition = context.taskId().partition();
            ClockTime clock = new ClockTime(partition, now);
            context.forward(
                    new Record<>(Integer.toString(partition), clock, now.toEpochMilli()), TickerTopology.TO_TICK_CLOCK);
        }
    }

    private void fire(String name, Instant now) {
        ScheduleState state = Objects.requireNonNull(states.get(name), name);
        CatchUpRule.Decision decision =
                CatchUpRule.decide(state.catchUp(), index.times(name), state.lookFrom(now), now, config.ticksAtOnce());
        String job = state.schedule().job();
        for (Instant nominal : decision.fire()) {
            context.forward(
                    new Record<>(job, new Tick(name, nominal, job, now), now.toEpochMilli()), TickerTopology.TO_TICKS);
            metrics.lateness().record(Duration.between(nominal, now));
        }
        keep(name, state.fired(decision.fire(), decision.settled()));
    }

    private void change(String name, @Nullable Schedule record, Instant writtenAt) {
        switch (ScheduleChange.of(states.get(name), record, writtenAt)) {
            case ScheduleChange.Taken taken -> keep(name, taken.state());
            case ScheduleChange.WrittenAgain again ->
                context.forward(
                        new Record<>(name, again.schedule(), writtenAt.toEpochMilli()), TickerTopology.TO_SCHEDULES);
        }
    }

    private void keep(String name, ScheduleState state) {
        states.put(name, state);
        remember(name, state);
    }

    private void remember(String name, ScheduleState state) {
        int before = index.size();
        index.put(name, state);
        metrics.activeChanged(index.size() - before);
    }
}
