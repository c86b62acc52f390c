package io.plumbline.detector;

import io.plumbline.detector.series.CandleVerdict;
import io.plumbline.detector.series.Series;
import io.plumbline.detector.series.SeriesState;
import io.plumbline.runtime.ClockProposals;
import io.plumbline.topics.Topics;
import io.plumbline.topics.json.Json;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.DeadLetter;
import io.plumbline.topics.record.SeriesEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the series of its partition and tells what is found out about them.
 *
 * <ol>
 *   <li>A candle that is not on its key's partition is written to it; one that cannot be true becomes a dead letter.
 *   <li>Any other is taken by its {@link Series}.
 *   <li>A punctuation that finds that something may be overdue writes a marker of the time to its own partition of
 *       {@code candles}. Silence is judged when the marker is read back, behind every candle that was there before it:
 *       a backlog is not silence, and the judgement stands in a transaction with a consumed offset.
 * </ol>
 */
final class SeriesTracker implements Processor<String, Candle, String, Object> {

    static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    static final String SERIES = "series";
    static final String BLOCKS = "slot-blocks";

    private static final String MOVED = "plumbline-moved";

    private final GapDetectorConfig config;
    private final GapDetectorMetrics metrics;
    private final ClockProposals proposals = new ClockProposals();
    private final OverdueSeries overdue = new OverdueSeries();
    private final Map<String, KnownSeries> known = new HashMap<>();

    @SuppressWarnings("NullAway.Init") // set by init
    private ProcessorContext<String, Object> context;

    @SuppressWarnings("NullAway.Init") // set by init
    private KeyValueStore<String, byte[]> states;

    @SuppressWarnings("NullAway.Init") // set by init
    private KeyValueStore<Bytes, byte[]> blocks;

    private SeriesTracker(GapDetectorConfig config, GapDetectorMetrics metrics) {
        this.config = config;
        this.metrics = metrics;
    }

    /** Makes the tracker of each task, with its stores: cached, so that many candles of a block are one write. */
    record Supplier(
            GapDetectorConfig config, GapDetectorMetrics metrics, Function<String, KeyValueBytesStoreSupplier> keptIn)
            implements ProcessorSupplier<String, Candle, String, Object> {

        @Override
        public SeriesTracker get() {
            return new SeriesTracker(config, metrics);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(
                    Stores.keyValueStoreBuilder(keptIn.apply(SERIES), Serdes.String(), Serdes.ByteArray())
                            .withCachingEnabled(),
                    Stores.keyValueStoreBuilder(keptIn.apply(BLOCKS), Serdes.Bytes(), Serdes.ByteArray())
                            .withCachingEnabled());
        }
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        this.context = context;
        states = context.getStateStore(SERIES);
        blocks = context.getStateStore(BLOCKS);
        try (KeyValueIterator<String, byte[]> all = states.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> state = all.next();
                watch(state.key, known(state.key), SeriesState.of(state.value));
            }
        }
        context.schedule(LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, this::propose);
    }

    @Override
    public void process(Record<String, Candle> record) {
        @Nullable String key = record.key();
        if (key != null && record.value() == null && key.startsWith(Topics.CANDLE_CLOCK)) {
            proposals.readBack(record.timestamp());
            overdue.takeUpTo(record.timestamp()).forEach(series -> pass(series, record.timestamp()));
        } else if (key == null) {
            refuse(record, "a candle's record needs its series as key: exchange:symbol:timeframe");
        } else if (isElsewhere(key)) {
            move(record);
        } else {
            take(key, record);
        }
    }

    @Override
    public void close() {
        metrics.seriesChanged(-overdue.size());
    }

    private void propose(long now) {
        if (proposals.propose(now, overdue.earliest())) {
            String marker = Topics.CANDLE_CLOCK + context.taskId().partition();
            context.forward(new Record<>(marker, null, now), SeriesTopology.TO_CANDLE_CLOCK);
        }
    }

    private void take(String text, Record<String, Candle> record) {
        KnownSeries series;
        try {
            series = known(text);
        } catch (IllegalArgumentException e) {
            refuse(record, String.valueOf(e.getMessage()));
            return;
        }
        Optional<String> problem =
                CandleCheck.problem(record.value(), series.rules().timeframe(), record.timestamp());
        if (problem.isPresent()) {
            refuse(record, problem.get());
            return;
        }
        SeriesState state = state(text);
        Series judged = judge(series, state);
        CandleVerdict verdict = judged.take(record.value(), record.timestamp());
        metrics.judged(verdict);
        if (verdict == CandleVerdict.MISLABELLED) {
            refuse(record, mislabelled(series));
        }
        keep(text, series, state, judged, record.timestamp());
    }

    private void pass(String text, long time) {
        metrics.seriesChanged(-1);
        KnownSeries series = known(text);
        SeriesState state = state(text);
        Series judged = judge(series, state);
        judged.pass(time);
        keep(text, series, state, judged, time);
    }

    private Series judge(KnownSeries series, SeriesState state) {
        return new Series(
                series.key(),
                series.rules(),
                state,
                new StoredSlotBlocks(blocks, series.key().text()));
    }

    private void keep(String text, KnownSeries series, SeriesState before, Series judged, long at) {
        SeriesState after = judged.save();
        if (!after.equals(before)) {
            states.put(text, after.toBytes());
        }
        watch(text, series, after);
        List<SeriesEvent> events = judged.events();
        metrics.found(events);
        for (SeriesEvent event : events) {
            context.forward(new Record<>(series.key().exchange(), event, at), SeriesTopology.TO_SERIES_EVENTS);
        }
    }

    private void watch(String text, KnownSeries series, SeriesState state) {
        long next = Series.nextOverdue(state, series.rules());
        if (next != Long.MAX_VALUE && overdue.enter(text, next)) {
            metrics.seriesChanged(1);
        }
    }

    private SeriesState state(String series) {
        byte[] bytes = states.get(series);
        return bytes == null ? SeriesState.NEW : SeriesState.of(bytes);
    }

    private KnownSeries known(String text) {
        KnownSeries series = known.get(text);
        if (series == null) {
            series = KnownSeries.of(text, config.candles());
            known.put(text, series);
        }
        return series;
    }

    /** Whether two tasks would share the series, because whoever wrote this partitions otherwise. */
    private boolean isElsewhere(String key) {
        int hash = Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8)));
        int partitions = config.topics().candles.partitions();
        return hash % partitions != context.taskId().partition();
    }

    private void move(Record<String, Candle> record) {
        if (record.headers().lastHeader(MOVED) != null) {
            refuse(record, "the record came back to a partition that is not its key's");
            return;
        }
        metrics.moved().increment();
        Record<String, Object> moved = record.withValue((Object) record.value());
        moved.headers().add(MOVED, new byte[0]);
        context.forward(moved, SeriesTopology.TO_CANDLES);
    }

    private static String mislabelled(KnownSeries series) {
        return "the candle does not open where a slot of %s does: another timeframe's, or mislabelled"
                .formatted(series.key().timeframe());
    }

    private void refuse(Record<String, Candle> record, String reason) {
        RecordMetadata at = context.recordMetadata().orElseThrow();
        metrics.refused().increment();
        @Nullable String key = record.key();
        @Nullable Candle candle = record.value();
        DeadLetter letter = new DeadLetter(
                GapDetectorConfig.SERIES_APPLICATION,
                at.topic(),
                at.partition(),
                at.offset(),
                key,
                reason,
                candle == null ? null : Json.text(candle),
                false);
        context.forward(
                new Record<>(Objects.requireNonNullElse(key, at.topic()), letter, record.timestamp()),
                SeriesTopology.TO_DEAD_LETTERS);
    }
}
