package io.plumbline.detector;

import io.plumbline.detector.series.Series;
import io.plumbline.detector.series.SeriesState;
import io.plumbline.topics.record.SeriesEvent;
import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Timeframe;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/**
 * The series of one task: has each judged, keeps it in the stores, and says what was found. Those that were judged of late
 * stay decoded in memory; every change goes to the stores at once, so that nothing is lost with the memory.
 */
final class SeriesBook {

    /** Then all of them are forgotten, and those that are needed read again. */
    private static final int KEPT_AT_MOST = 50_000;

    private final GapDetectorConfig config;
    private final GapDetectorMetrics metrics;
    private final SeriesStores stores;
    private final HeldCandles held;
    private final SeriesOutlet outlet;
    private final OverdueSeries overdue = new OverdueSeries();
    private final Map<String, KnownSeries> known = new HashMap<>();
    private final List<KnownSeries> kept = new ArrayList<>();

    SeriesBook(
            GapDetectorConfig config,
            GapDetectorMetrics metrics,
            SeriesStores stores,
            HeldCandles held,
            SeriesOutlet outlet) {
        this.config = config;
        this.metrics = metrics;
        this.stores = stores;
        this.held = held;
        this.outlet = outlet;
        try (KeyValueIterator<String, byte[]> all = stores.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> state = all.next();
                watch(known(state.key), SeriesState.of(state.value));
            }
        }
    }

    /** Throws {@link IllegalArgumentException} with what would be right where the text names no series. */
    KnownSeries known(String text) {
        KnownSeries series = known.get(text);
        if (series == null) {
            series = KnownSeries.of(text, config.candles());
            known.put(text, series);
        }
        return series;
    }

    /** @param at the time of the record on behalf of which it is judged */
    <T> T judge(KnownSeries known, long at, Function<Series, T> judgement) {
        KeptSeries series = kept(known);
        T result = judgement.apply(series.series());
        byte[] change = series.change();
        if (change != null) {
            stores.put(known, change);
        }
        watch(known, series.state());
        List<SeriesEvent> events = series.series().takeEvents();
        metrics.found(events);
        for (SeriesEvent event : events) {
            if (event instanceof SeriesEvent.GapFound gap) {
                held.passOver(known, grown(known, gap));
            }
            outlet.say(event, at);
        }
        return result;
    }

    /** Whether no slot of a series beyond that one can have a candle that is held in the same place. */
    boolean isNewest(KnownSeries series, long slot) {
        SeriesState.Span span = kept(series).state().span();
        return span != null
                && slot >= span.settled() - 1
                && series.rules().lateness().compareTo(config.candles().hold()) < 0;
    }

    /** No series has anything overdue before. */
    long nothingOverdueBefore() {
        return overdue.earliest();
    }

    /** Judges the silence of those that may have something overdue. */
    void pass(long time) {
        for (KnownSeries overdueOne : overdue.takeUpTo(time)) {
            metrics.seriesChanged(-1);
            judge(overdueOne, time, series -> {
                series.pass(time);
                return true;
            });
        }
    }

    /** The task leaves. */
    void close() {
        metrics.seriesChanged(-overdue.size());
    }

    private static SlotRange grown(KnownSeries series, SeriesEvent.GapFound gap) {
        Timeframe timeframe = series.rules().timeframe();
        return new SlotRange(
                timeframe.slotOf(gap.grownFrom().toEpochMilli()),
                timeframe.slotOf(gap.last().toEpochMilli()));
    }

    private KeptSeries kept(KnownSeries series) {
        KeptSeries found = series.kept;
        if (found == null) {
            if (kept.size() == KEPT_AT_MOST) {
                kept.forEach(one -> one.kept = null);
                kept.clear();
            }
            found = stores.load(series);
            series.kept = found;
            kept.add(series);
        }
        return found;
    }

    private void watch(KnownSeries series, SeriesState state) {
        long next = Series.nextOverdue(state, series.rules());
        if (next != Long.MAX_VALUE && overdue.enter(series, next)) {
            metrics.seriesChanged(1);
        }
    }
}
