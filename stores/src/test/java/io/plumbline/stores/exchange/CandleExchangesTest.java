package io.plumbline.stores.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.stores.CandleExchange;
import io.plumbline.stores.connect.StoresConfigException;
import io.plumbline.topics.config.ExchangeConfig;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.Timeframe;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CandleExchangesTest {

    @Test
    void shouldOpenAnotherExchangeWhenItsClassIsNamed() {
        Map<String, ExchangeConfig> configs = Map.of(
                "coinbase", config("coinbase", "1m", "60m"), "weekly", config(WeeklyExchange.class.getName(), "1w"));

        try (CandleExchanges exchanges = CandleExchanges.open(configs, Clock.systemUTC())) {
            assertThat(exchanges.byName().get("coinbase")).isInstanceOf(CoinbaseExchange.class);
            assertThat(exchanges.byName().get("weekly")).isInstanceOf(WeeklyExchange.class);
        }
    }

    @Test
    void shouldRefuseEveryTimeframeThatAnExchangeLacksAndEveryAdapterThatIsNone() {
        StoresConfigException failure = catchThrowableOfType(
                StoresConfigException.class,
                () -> CandleExchanges.open(
                        Map.of(
                                "a", config("coinbase", "1m", "30m", "1w"),
                                "b", config("java.lang.String"),
                                "c", config("kraken")),
                        Clock.systemUTC()));

        assertThat(failure.errors())
                .hasSize(4)
                .contains(
                        "exchanges.a.timeframes[1]: the exchange has no 30m; right are 1m, 5m, 15m, 1h, 6h, 1d",
                        "exchanges.a.timeframes[2]: the exchange has no 1w; right are 1m, 5m, 15m, 1h, 6h, 1d")
                .anySatisfy(e -> assertThat(e).startsWith("exchanges.b.adapter: 'java.lang.String' is neither"))
                .anySatisfy(e -> assertThat(e).startsWith("exchanges.c.adapter: 'kraken' is neither"));
    }

    private static ExchangeConfig config(String adapter, String... timeframes) {
        return new ExchangeConfig(
                adapter, "http://localhost", null, null, Map.of(), List.of(timeframes), 5, Duration.ofSeconds(1));
    }

    /** Another exchange: one class. */
    public static final class WeeklyExchange implements CandleExchange {

        public WeeklyExchange(String name, ExchangeConfig config, Clock clock) {}

        @Override
        public List<Timeframe> timeframes() {
            return List.of(Timeframe.parse("1w"));
        }

        @Override
        public int slotsPerRequest() {
            return 1;
        }

        @Override
        public Answer fetch(SeriesKey series, long first, long last) {
            return new Answer.Candles(List.of());
        }

        @Override
        public void close() {}
    }
}
