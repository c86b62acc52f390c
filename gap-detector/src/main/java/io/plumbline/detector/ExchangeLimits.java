package io.plumbline.detector;

import io.plumbline.detector.exchange.ExchangeRules;
import io.plumbline.runtime.config.ConfigException;
import io.plumbline.stores.CandleExchange;
import io.plumbline.stores.connect.StoresConfigException;
import io.plumbline.stores.exchange.CandleExchanges;
import io.plumbline.topics.config.PlumblineConfig;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Collectors;

/** What the adapters of the configured exchanges allow; nothing is asked of any exchange. */
final class ExchangeLimits {

    private ExchangeLimits() {}

    /** Throws {@link ConfigException} with every adapter that is none, and every watched timeframe that an exchange lacks. */
    static ExchangeRules of(PlumblineConfig config) {
        try (CandleExchanges exchanges = CandleExchanges.open(config.exchanges(), Clock.systemUTC())) {
            Map<String, Integer> slotsPerRequest = exchanges.byName().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            (Map.Entry<String, CandleExchange> entry) ->
                                    entry.getValue().slotsPerRequest()));
            return new ExchangeRules(
                    config.candles().backfill(), config.candles().retention(), slotsPerRequest);
        } catch (StoresConfigException e) {
            throw new ConfigException(e.errors());
        }
    }
}
