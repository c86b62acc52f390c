package io.plumbline.stores.exchange;

import io.plumbline.stores.CandleExchange;
import io.plumbline.stores.connect.StoresConfigException;
import io.plumbline.topics.config.ExchangeConfig;
import io.plumbline.topics.record.Timeframe;
import java.lang.reflect.InvocationTargetException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The exchanges of a configuration, by name. An adapter is a word known here, or the name of a class. */
public final class CandleExchanges implements AutoCloseable {

    private final Map<String, CandleExchange> byName = new LinkedHashMap<>();

    private CandleExchanges() {}

    /**
     * Opens them; nothing is asked of them yet. Throws {@link StoresConfigException} with all adapters that are none,
     * and all watched timeframes that an exchange lacks, each with those that it has.
     */
    public static CandleExchanges open(Map<String, ExchangeConfig> configs, Clock clock) {
        CandleExchanges exchanges = new CandleExchanges();
        List<String> errors = new ArrayList<>();
        configs.forEach((name, config) -> {
            CandleExchange exchange = exchanges.open(name, config, clock, errors);
            if (exchange != null) {
                exchanges.byName.put(name, exchange);
                checkTimeframes(name, config.timeframes(), exchange, errors);
            }
        });
        if (!errors.isEmpty()) {
            exchanges.close();
            throw new StoresConfigException(errors);
        }
        return exchanges;
    }

    public Map<String, CandleExchange> byName() {
        return Map.copyOf(byName);
    }

    private @Nullable CandleExchange open(String name, ExchangeConfig config, Clock clock, List<String> errors) {
        try {
            return config.adapter().equals("coinbase")
                    ? new CoinbaseExchange(name, config, clock)
                    : Class.forName(config.adapter())
                            .asSubclass(CandleExchange.class)
                            .getConstructor(String.class, ExchangeConfig.class, Clock.class)
                            .newInstance(name, config, clock);
        } catch (InvocationTargetException e) {
            errors.add("exchanges." + name + ": " + e.getCause());
        } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
            errors.add("exchanges." + name + ".adapter: '" + config.adapter()
                    + "' is neither coinbase nor a class on the class path that implements "
                    + CandleExchange.class.getName()
                    + " and is made of a name, an ExchangeConfig and a Clock (" + e + ")");
        }
        return null;
    }

    private static void checkTimeframes(
            String name, List<String> watched, CandleExchange exchange, List<String> errors) {
        for (int i = 0; i < watched.size(); i++) {
            Timeframe timeframe = Timeframe.parse(watched.get(i));
            if (exchange.timeframes().stream().noneMatch(known -> known.lengthMs() == timeframe.lengthMs())) {
                errors.add("exchanges.%s.timeframes[%d]: the exchange has no %s; right are %s"
                        .formatted(
                                name,
                                i,
                                timeframe.name(),
                                String.join(
                                        ", ",
                                        exchange.timeframes().stream()
                                                .map(Timeframe::name)
                                                .toList())));
            }
        }
    }

    @Override
    public void close() {
        byName.values().forEach(CandleExchange::close);
    }
}
