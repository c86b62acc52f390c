package io.plumbline.local.exchange;

import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.Candle.Origin;
import io.plumbline.topics.record.Timeframe;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What an exchange knows of its products: trades, out of which it makes candles of any timeframe, or candles as they are
 * given. What lies ahead of the time at which it is asked is not known yet; a slot without trades has no candle.
 */
public final class SimulatedMarket {

    private final Map<String, List<Trade>> trades = new ConcurrentHashMap<>();
    private final Map<Series, NavigableMap<Long, Candle>> candles = new ConcurrentHashMap<>();
    private final Set<String> products = ConcurrentHashMap.newKeySet();

    private record Series(String product, long lengthMs) {}

    /** A product without any trades. */
    public SimulatedMarket list(String product) {
        products.add(product);
        return this;
    }

    /** A product's trades, instead of any that were given before; equal times in the order given. */
    public SimulatedMarket trades(String product, Collection<Trade> made) {
        trades.put(
                product,
                made.stream().sorted(Comparator.comparingLong(Trade::time)).toList());
        return list(product);
    }

    /** Candles of a product and timeframe, beside those that were given before. */
    public SimulatedMarket candles(String product, Timeframe timeframe, Collection<Candle> given) {
        NavigableMap<Long, Candle> known = candles.computeIfAbsent(
                new Series(product, timeframe.lengthMs()), series -> new ConcurrentSkipListMap<>());
        given.forEach(candle -> known.put(candle.openTime(), candle));
        return list(product);
    }

    boolean knows(String product) {
        return products.contains(product);
    }

    /** The candles that open from the one to the other time, both included, as they are known at a time. */
    public NavigableMap<Long, Candle> at(long now, String product, Timeframe timeframe, long from, long to) {
        NavigableMap<Long, Candle> known = new TreeMap<>();
        candles.getOrDefault(new Series(product, timeframe.lengthMs()), new TreeMap<>())
                .subMap(from, true, Math.max(from, to), true)
                .forEach((time, candle) -> {
                    if (time + timeframe.lengthMs() <= now) {
                        known.put(time, candle);
                    }
                });
        made(trades.getOrDefault(product, List.of()), timeframe, now).forEach((time, candle) -> {
            if (time >= from && time <= to) {
                known.put(time, candle);
            }
        });
        return known;
    }

    /** The candles of trades, as they are known at a time. */
    static NavigableMap<Long, Candle> made(List<Trade> trades, Timeframe timeframe, long now) {
        NavigableMap<Long, Candle> made = new TreeMap<>();
        for (Trade trade : trades) {
            if (trade.time() <= now) {
                long openTime = timeframe.openTimeOf(timeframe.slotOf(trade.time()));
                made.merge(openTime, first(openTime, trade), SimulatedMarket::next);
            }
        }
        return made;
    }

    private static Candle first(long openTime, Trade trade) {
        BigDecimal price = trade.price();
        return new Candle(openTime, price, price, price, price, trade.amount(), 0, Origin.BACKFILL, true);
    }

    private static Candle next(Candle before, Candle trade) {
        return new Candle(
                before.openTime(),
                before.open(),
                before.high().max(trade.high()),
                before.low().min(trade.low()),
                trade.close(),
                before.volume().add(trade.volume()),
                0,
                Origin.BACKFILL,
                true);
    }
}
