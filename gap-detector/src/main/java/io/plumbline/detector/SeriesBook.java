package io.plumbline.detector;

import io.plumbline.detector.series.Series;
import io.plumbline.detector.series.SeriesState;
import io.plumbline.topics.record.SeriesEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/** The series of one task: takes each out of the stores, has it judged, keeps it, and says what was found. */
final class SeriesBook {

    private final GapDetectorConfig config;
    private final GapDetectorMetrics metrics;
    private final SeriesStores stores;
    private final SeriesOutlet outlet;
    private final OverdueSeries overdue = new OverdueSeries();
    private final Map<String, KnownSeries> known = new HashMap<>();

    SeriesBook(GapDetectorConfig config, GapDetectorMetrics metrics, SeriesStores stores, SeriesOutlet outlet) {
        this.config = config;
        this.metrics = metrics;
        this.stores = stores;
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
    <T> T judge(KnownSeries series, long at, Function<Series, T> judgement) {
        String text = series.key().text();
        SeriesState before = stores.state(text);
        Series judged = new Series(series.key(), series.rules(), before, stores.blocks(text));
        T result = judgement.apply(judged);
        SeriesState after = judged.save();
        if (!after.equals(before)) {
            stores.put(text, after);
        }
        watch(series, after);
        List<SeriesEvent> events = judged.events();
        metrics.found(events);
        events.forEach(event -> outlet.say(event, at));
        return result;
    }

    /** No series has anything overdue before. */
    long nothingOverdueBefore() {
        return overdue.earliest();
    }

    /** Judges the silence of those that may have something overdue. */
    void pass(long time) {
        for (String text : overdue.takeUpTo(time)) {
            metrics.seriesChanged(-1);
            judge(known(text), time, series -> {
                series.pass(time);
                return true;
            });
        }
    }

    /** The task leaves. */
    void close() {
        metrics.seriesChanged(-overdue.size());
    }

    private void watch(KnownSeries series, SeriesState state) {
        long next = Series.nextOverdue(state, series.rules());
        if (next != Long.MAX_VALUE && overdue.enter(series.key().text(), next)) {
            metrics.seriesChanged(1);
        }
    }
}
