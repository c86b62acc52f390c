package io.plumbline.stores;

import io.plumbline.stores.memory.InMemoryCandleCache;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.SeriesKey;
import java.time.Duration;

class InMemoryCandleCacheTest extends CandleCacheContract {

    @Override
    protected CandleCache cache(int newest) {
        return new InMemoryCandleCache(new CandleRetention(newest, Duration.ofHours(24)));
    }

    @Override
    protected void add(CandleCache cache, SeriesKey series, Candle candle) {
        ((InMemoryCandleCache) cache).add(series, candle);
    }
}
