package io.plumbline.stores.cache;

import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.SeriesKey;
import java.util.Map;
import java.util.Set;

/**
 * What a series should hold.
 *
 * @param first the first slot of the window
 * @param last the last one, included; none that is still open
 * @param empty slots that are known to have no candle
 * @param known candles whose content is known, by slot; need not be all
 */
public record ExpectedSeries(SeriesKey series, long first, long last, Set<Long> empty, Map<Long, Candle> known) {

    /** Without known content. */
    public ExpectedSeries(SeriesKey series, long first, long last, Set<Long> empty) {
        this(series, first, last, empty, Map.of());
    }
}
