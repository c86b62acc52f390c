package io.plumbline.bench;

import io.plumbline.local.LocalSystem;
import io.plumbline.local.demo.CandleFeed;
import io.plumbline.local.exchange.SimulatedMarket;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.SeriesKey;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * A feed of one-minute candles at an even rate: over each minute every series has its closed candle of the minute before,
 * and the rest of the rate are changes of the candles that are open. Closed ones go to the cache too. Now and then one
 * goes astray, and only the exchange has it.
 */
final class CandleLoad {

    /** A prime, so that it is another series every time. */
    private static final int ASTRAY_EVERY = 997;

    private static final long MINUTE_MS = 60_000;

    private final CandleFeed feed;
    private final SimulatedMarket market;
    private final int series;
    private final long startMs;
    private long closed;
    private long changes;

    /** @param startMs from when it delivers, in milliseconds since the epoch */
    CandleLoad(CandleFeed feed, SimulatedMarket market, int series, long startMs) {
        this.feed = feed;
        this.market = market;
        this.series = series;
        this.startMs = startMs;
    }

    /** Delivers what is due at a time, at so many candles a second. */
    void deliver(long nowMs, double perSecond) throws InterruptedException, ExecutionException {
        long elapsed = nowMs - startMs;
        while (closed < elapsed * series / MINUTE_MS) {
            close(closed++);
        }
        long due = (long) (elapsed * perSecond / 1_000) - closed;
        for (; changes < due; changes++) {
            feed.publish(key(changes), candle(MinuteCandles.MINUTE.slotOf(nowMs), changes, false));
        }
        feed.flush();
    }

    /** All that were delivered. */
    long delivered() {
        return closed + changes;
    }

    private void close(long number) {
        long dueMs = startMs + number * MINUTE_MS / series;
        Candle candle = candle(MinuteCandles.MINUTE.slotOf(dueMs) - 1, number, true);
        SeriesKey key = key(number);
        if (number % ASTRAY_EVERY == ASTRAY_EVERY - 1) {
            market.candles(key.symbol().replace('/', '-'), MinuteCandles.MINUTE, List.of(candle));
        } else {
            feed.cache(key, candle);
            feed.publish(key, candle);
        }
    }

    private SeriesKey key(long number) {
        return new SeriesKey(LocalSystem.SIMULATED, "SYM%05d/EUR".formatted(number % series), "1m");
    }

    private static Candle candle(long slot, long sequence, boolean isClosed) {
        BigDecimal price = BigDecimal.valueOf(1_000_000 + slot % 99_991, 2);
        return MinuteCandles.flat(slot, price, sequence, isClosed);
    }
}
