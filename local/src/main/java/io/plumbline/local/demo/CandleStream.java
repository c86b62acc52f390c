package io.plumbline.local.demo;

import io.plumbline.local.LocalSystem;
import io.plumbline.local.exchange.SimulatedMarket;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.Timeframe;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Gives each candle of the simulated exchange to the feed once it has closed, those since the feed began at once; some go
 * astray.
 */
final class CandleStream {

    /** Told of each candle that does not reach both the cache and Kafka. */
    @FunctionalInterface
    interface Astray {
        void went(SeriesKey series, long openTime, Delivery how);
    }

    private static final List<String> TIMEFRAMES = List.of("1m", "5m");

    private final SimulatedMarket market;
    private final CandleFeed feed;
    private final Losses losses;
    private final Clock clock;
    private final Astray astray;
    private final Map<SeriesKey, Long> delivered = new TreeMap<>(Comparator.comparing(SeriesKey::text));

    CandleStream(SimulatedMarket market, CandleFeed feed, Losses losses, Clock clock, Astray astray) {
        this.market = market;
        this.feed = feed;
        this.losses = losses;
        this.clock = clock;
        this.astray = astray;
        for (String product : Prices.products()) {
            for (String timeframe : TIMEFRAMES) {
                SeriesKey series = new SeriesKey(LocalSystem.SIMULATED, product, timeframe);
                long first = Timeframe.parse(timeframe).slotOf(losses.from().toEpochMilli());
                delivered.put(series, first - 1);
            }
        }
    }

    Set<SeriesKey> series() {
        return delivered.keySet();
    }

    /** The last slot that was looked at. */
    synchronized long last(SeriesKey series) {
        return Objects.requireNonNull(delivered.get(series), series.text());
    }

    /** Gives what has closed since the last time. */
    synchronized void deliver() {
        delivered.replaceAll((series, last) -> {
            Timeframe timeframe = Timeframe.parse(series.timeframe());
            long next = timeframe.slotOf(clock.millis());
            NavigableMap<Long, Candle> closed = market.at(
                    clock.millis(),
                    series.symbol(),
                    timeframe,
                    timeframe.openTimeOf(last + 1),
                    timeframe.openTimeOf(next) - 1);
            closed.values().forEach(candle -> deliver(series, timeframe, candle));
            return next - 1;
        });
    }

    private void deliver(SeriesKey series, Timeframe timeframe, Candle candle) {
        Delivery delivery = losses.of(series, timeframe, candle.openTime());
        if (delivery != Delivery.WHOLE) {
            astray.went(series, candle.openTime(), delivery);
        }
        feed.deliver(series, live(candle), delivery);
    }

    private static Candle live(Candle candle) {
        return new Candle(
                candle.openTime(),
                candle.open(),
                candle.high(),
                candle.low(),
                candle.close(),
                candle.volume(),
                1,
                Candle.Origin.LIVE,
                true);
    }
}
