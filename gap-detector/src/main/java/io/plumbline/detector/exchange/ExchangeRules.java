package io.plumbline.detector.exchange;

import io.plumbline.topics.config.BackfillConfig;
import java.time.Duration;
import java.util.Map;

/**
 * How gaps of exchanges are filled.
 *
 * @param retention how long it is known when an exchange was alive
 * @param slotsPerRequest the most slots of one request, by exchange; of others nothing can be asked
 */
public record ExchangeRules(BackfillConfig backfill, Duration retention, Map<String, Integer> slotsPerRequest) {

    boolean canAsk(String exchange) {
        return slotsPerRequest.containsKey(exchange);
    }
}
