package io.plumbline.stores.redis;

import io.plumbline.topics.config.ExchangeConfig;
import io.plumbline.topics.config.RedisConfig;
import io.plumbline.topics.record.SeriesKey;
import java.util.Map;
import java.util.Objects;

/** Spells the keys of series as the application does. */
public final class CandleKeys {

    private final RedisConfig redis;
    private final Map<String, ExchangeConfig> exchanges;

    public CandleKeys(RedisConfig redis, Map<String, ExchangeConfig> exchanges) {
        this.redis = redis;
        this.exchanges = exchanges;
    }

    /** The key of a series' sorted set. An exchange that is not configured is called by its name. */
    public String of(SeriesKey series) {
        ExchangeConfig exchange = exchanges.get(series.exchange());
        String userId = exchange == null ? null : exchange.userId();
        String exchangeId = exchange == null ? null : exchange.exchangeId();
        return spell(
                Objects.requireNonNullElse(userId, redis.userId()),
                Objects.requireNonNullElse(exchangeId, series.exchange()),
                series);
    }

    private String spell(String userId, String exchangeId, SeriesKey series) {
        String format = redis.keyFormat();
        StringBuilder key = new StringBuilder(format.length() + 32);
        int at = 0;
        for (int open = format.indexOf('<'); open >= 0; open = format.indexOf('<', at)) {
            int end = format.indexOf('>', open);
            if (end < 0) {
                break;
            }
            key.append(format, at, open);
            switch (format.substring(open + 1, end)) {
                case "userId" -> key.append(userId);
                case "exchangeId" -> key.append(exchangeId);
                case "symbol" -> key.append(series.symbol());
                case "timeframe" -> key.append(series.timeframe());
                default -> key.append(format, open, end + 1);
            }
            at = end + 1;
        }
        return key.append(format, at, format.length()).toString();
    }
}
