package io.plumbline.detector;

import io.plumbline.runtime.ClockProposals;
import io.plumbline.runtime.DeadLetters;
import io.plumbline.topics.Topics;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.SeriesCommand;
import io.plumbline.topics.record.WorkCommand;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the series of its partition: gives each record to the part that deals with it.
 *
 * <ol>
 *   <li>A candle that is not on its key's partition is written to it; any other is taken.
 *   <li>What the stage of an exchange asks is done, and a plan of a scan answered, between the candles.
 *   <li>A punctuation that finds that something may be overdue writes a marker of the time to its own partition of
 *       {@code candles}. Silence is judged when the marker is read back, behind every candle that was there before it:
 *       a backlog is not silence, and the judgement stands in a transaction with a consumed offset.
 * </ol>
 */
final class SeriesTracker implements Processor<String, Object, String, Object> {

    static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final GapDetectorConfig config;
    private final GapDetectorMetrics metrics;
    private final ClockProposals proposals = new ClockProposals();

    /** The parts, which stand on the task's stores. */
    private record Parts(
            SeriesOutlet outlet,
            SeriesBook book,
            CandleMover mover,
            CandleTaker candles,
            CommandAnswerer commands,
            CacheScanPlanner scans) {}

    @SuppressWarnings("NullAway.Init") // set by init
    private ProcessorContext<String, Object> context;

    @SuppressWarnings("NullAway.Init") // set by init
    private Parts parts;

    private SeriesTracker(GapDetectorConfig config, GapDetectorMetrics metrics) {
        this.config = config;
        this.metrics = metrics;
    }

    /** Makes the tracker of each task, with its stores. */
    record Supplier(GapDetectorConfig config, GapDetectorMetrics metrics, StoreSuppliers keptIn)
            implements ProcessorSupplier<String, Object, String, Object> {

        @Override
        public SeriesTracker get() {
            return new SeriesTracker(config, metrics);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            Set<StoreBuilder<?>> stores = new HashSet<>(SeriesStores.builders(keptIn));
            stores.add(HeldCandles.builder(keptIn));
            return stores;
        }
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        this.context = context;
        SeriesOutlet outlet = new SeriesOutlet(
                context, new DeadLetters(GapDetectorConfig.SERIES_APPLICATION, config.topics()), metrics);
        SeriesStores stores = new SeriesStores(context);
        HeldCandles held = new HeldCandles(context, config.candles().hold());
        SeriesBook book = new SeriesBook(config, metrics, stores, held, outlet);
        parts = new Parts(
                outlet,
                book,
                new CandleMover(context, config.topics().candles.partitions(), outlet, metrics),
                new CandleTaker(book, held, outlet, metrics),
                new CommandAnswerer(book, held, outlet, metrics),
                new CacheScanPlanner(config, context.taskId().partition(), book, stores, held));
        context.schedule(LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, this::propose);
    }

    @Override
    public void process(Record<String, Object> record) {
        @Nullable Object value = record.value();
        switch (value) {
            case SeriesCommand command -> parts.commands().answer(record, command);
            case WorkCommand command -> plan(record, command);
            case Candle candle -> candle(record.withValue(candle));
            case null -> withoutValue(record);
            default -> throw new IllegalStateException("no topic of this stage brings " + value.getClass());
        }
    }

    @Override
    public void close() {
        parts.book().close();
    }

    private void candle(Record<String, Candle> record) {
        @Nullable String key = record.key();
        if (key != null && record.value() == null && key.startsWith(Topics.CANDLE_CLOCK)) {
            proposals.readBack(record.timestamp());
            parts.book().pass(record.timestamp());
        } else if (key == null) {
            parts.outlet().refuse(record, "a candle's record needs its series as key: exchange:symbol:timeframe");
        } else if (parts.mover().isElsewhere(key)) {
            parts.mover().move(record);
        } else {
            parts.candles().take(record);
        }
    }

    @SuppressWarnings("NullAway") // null is Kafka's tombstone
    private void withoutValue(Record<String, Object> record) {
        if (isOfCandles()) {
            candle(record.withValue((Candle) null));
        } else {
            parts.outlet().refuse(record, "the record has no command");
        }
    }

    private void plan(Record<String, Object> record, WorkCommand command) {
        if (!CacheScanPlanner.isWhole(command)) {
            parts.outlet().refuse(record, "the command lacks its run, group, dataset, deadline or work");
            return;
        }
        metrics.plans().increment();
        parts.outlet().answer(parts.scans().answer(command, record.timestamp()), record.timestamp());
    }

    private void propose(long now) {
        if (proposals.propose(now, parts.book().nothingOverdueBefore())) {
            String marker = Topics.CANDLE_CLOCK + context.taskId().partition();
            context.forward(new Record<>(marker, null, now), SeriesTopology.TO_CANDLE_CLOCK);
        }
    }

    private boolean isOfCandles() {
        return context.recordMetadata()
                .orElseThrow()
                .topic()
                .equals(config.topics().candles.name());
    }
}
