package io.plumbline.stores.connect;

import io.plumbline.stores.CandleCache;
import io.plumbline.stores.CandleExchange;
import io.plumbline.stores.exchange.CandleExchanges;
import io.plumbline.stores.redis.RedisCandleCache;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.config.RedisConfig;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** The candle stores of a process: the cache, and the exchanges that it is filled from. They need no other store. */
public final class CandleStores implements AutoCloseable {

    private final CandleCache cache;
    private final CandleExchanges exchanges;

    private CandleStores(CandleCache cache, CandleExchanges exchanges) {
        this.cache = cache;
        this.exchanges = exchanges;
    }

    /**
     * Opens them; empty where the configuration has no cache or no exchange. Nothing is asked of them yet, so that one
     * that is away prevents nothing. Throws {@link StoresConfigException} with every adapter that is none, and every
     * watched timeframe that an exchange lacks.
     */
    public static Optional<CandleStores> open(PlumblineConfig config, Clock clock) {
        RedisConfig redis = config.redis();
        if (redis == null || config.exchanges().isEmpty()) {
            return Optional.empty();
        }
        CandleExchanges exchanges = CandleExchanges.open(config.exchanges(), clock);
        return Optional.of(new CandleStores(new RedisCandleCache(redis, config.exchanges()), exchanges));
    }

    /** The cache alone, for who asks no exchange and hence needs no adapter; empty where none is configured. */
    public static Optional<CandleCache> openCache(PlumblineConfig config) {
        return Optional.ofNullable(config.redis()).map(redis -> new RedisCandleCache(redis, config.exchanges()));
    }

    public CandleCache cache() {
        return cache;
    }

    /** By the name that series have them under. */
    public Map<String, CandleExchange> exchanges() {
        return exchanges.byName();
    }

    @Override
    public void close() {
        exchanges.close();
        cache.close();
    }
}
