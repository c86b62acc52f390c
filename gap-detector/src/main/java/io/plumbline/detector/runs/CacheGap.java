package io.plumbline.detector.runs;

import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.Timeframe;
import java.time.Instant;
import java.util.List;

/**
 * A gap that a scan found in the cache.
 *
 * @param first when its first slot opens
 * @param last when its last one does
 */
record CacheGap(String symbol, Timeframe timeframe, Instant first, Instant last) {

    /** Reads a suspect's entity: symbol, timeframe, first and last. */
    static CacheGap of(EntityKey entity) {
        List<String> parts = entity.parts();
        if (parts.size() != 4) {
            throw new IllegalArgumentException(
                    "'%s' is no gap; right is exchange/symbol/timeframe/first/last".formatted(entity));
        }
        return new CacheGap(
                parts.get(0), Timeframe.parse(parts.get(1)), Instant.parse(parts.get(2)), Instant.parse(parts.get(3)));
    }

    long slots() {
        return timeframe.slotOf(last.toEpochMilli()) - timeframe.slotOf(first.toEpochMilli()) + 1;
    }

    @Override
    public String toString() {
        return "%s %s from %s to %s".formatted(symbol, timeframe.name(), first, last);
    }
}
