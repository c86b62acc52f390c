package io.plumbline.topics.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An exchange that candles are asked of.
 *
 * @param adapter how it is spoken to: {@code coinbase}, or the name of a class
 * @param baseUrl where its API is
 * @param exchangeId what the cache's keys call it; its name by default
 * @param userId whose cache its candles are in; the cache's own by default
 * @param products what the exchange calls a symbol, where it is not the symbol with {@code -} for {@code /}
 * @param timeframes those that are watched; each must be one that the exchange has
 * @param requestsPerSecond of all processes together
 * @param timeout how long a connection or an answer is waited for
 */
public record ExchangeConfig(
        String adapter,
        String baseUrl,
        @Nullable String exchangeId,
        @Nullable String userId,
        Map<String, String> products,
        List<String> timeframes,
        double requestsPerSecond,
        Duration timeout) {}
