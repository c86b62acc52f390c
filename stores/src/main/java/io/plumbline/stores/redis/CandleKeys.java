package io.plumbline.stores.redis;

import io.plumbline.topics.config.ExchangeConfig;
import io.plumbline.topics.config.RedisConfig;
import io.plumbline.topics.record.SeriesKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spells the keys of series as the application does. */
public final class CandleKeys {

    private static final Pattern PLACEHOLDER = Pattern.compile("<(userId|exchangeId|symbol|timeframe)>");

    private final RedisConfig redis;
    private final Map<String, ExchangeConfig> exchanges;
    private final List<Function<SeriesKey, String>> parts = new ArrayList<>();

    public CandleKeys(RedisConfig redis, Map<String, ExchangeConfig> exchanges) {
        this.redis = redis;
        this.exchanges = exchanges;
        String format = redis.keyFormat();
        Matcher placeholder = PLACEHOLDER.matcher(format);
        int at = 0;
        while (placeholder.find()) {
            addText(format.substring(at, placeholder.start()));
            parts.add(part(placeholder.group(1)));
            at = placeholder.end();
        }
        addText(format.substring(at));
    }

    /** The key of a series' sorted set. An exchange that is not configured is called by its name. */
    public String of(SeriesKey series) {
        StringBuilder key = new StringBuilder(64);
        for (Function<SeriesKey, String> part : parts) {
            key.append(part.apply(series));
        }
        return key.toString();
    }

    private void addText(String text) {
        if (!text.isEmpty()) {
            parts.add(series -> text);
        }
    }

    private Function<SeriesKey, String> part(String name) {
        return switch (name) {
            case "userId" -> this::userId;
            case "exchangeId" -> this::exchangeId;
            case "symbol" -> SeriesKey::symbol;
            default -> SeriesKey::timeframe;
        };
    }

    private String userId(SeriesKey series) {
        ExchangeConfig exchange = exchanges.get(series.exchange());
        return exchange == null ? redis.userId() : Objects.requireNonNullElse(exchange.userId(), redis.userId());
    }

    private String exchangeId(SeriesKey series) {
        ExchangeConfig exchange = exchanges.get(series.exchange());
        return exchange == null
                ? series.exchange()
                : Objects.requireNonNullElse(exchange.exchangeId(), series.exchange());
    }
}
