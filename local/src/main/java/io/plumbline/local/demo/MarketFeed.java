package io.plumbline.local.demo;

import io.plumbline.local.LocalSystem;
import io.plumbline.local.exchange.SimulatedMarket;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Timeframe;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Streams the candles of a simulated market into a local system, as an application's feed does: the last hours at once,
 * then each candle as it closes. It loses some, and knows which.
 */
public final class MarketFeed implements AutoCloseable {

    private static final Duration HISTORY = Duration.ofHours(5);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SimulatedMarket market;
    private final CandleFeed feed;
    private final CandleStream stream;
    private final Instant from;
    private final Clock clock;
    private final Map<SeriesKey, Map<Long, Delivery>> astray = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().name("market-feed").daemon().unstarted(task));
    private @Nullable Future<?> going;

    /** @param cached from when on whatever reaches Kafka reaches the cache too */
    public MarketFeed(LocalSystem system, SimulatedMarket market, long seed, Instant cached, Clock clock) {
        this.market = market;
        this.clock = clock;
        from = clock.instant().truncatedTo(ChronoUnit.HOURS).minus(HISTORY);
        feed = new CandleFeed(system.config(), system.topics());
        stream = new CandleStream(market, feed, new Losses(seed, from, cached), clock, this::wentAstray);
    }

    /** Streams what has closed so far, and goes on with each candle as it closes. */
    public void start() throws InterruptedException, ExecutionException {
        stream.deliver();
        feed.flush();
        going = thread.scheduleWithFixedDelay(this::goOn, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends the streaming; throws what it failed with. */
    void finish() throws InterruptedException, ExecutionException {
        thread.shutdown();
        if (!thread.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("the feed does not end");
        }
        if (going != null && !going.isCancelled()) {
            going.get();
        }
        feed.flush();
    }

    /** Takes a candle out of the cache by hand. */
    void remove(SeriesKey series, long openTime) {
        feed.removeFromCache(series, openTime);
        if (!astray(series).containsKey(openTime)) {
            wentAstray(series, openTime, Delivery.REMOVED);
        }
    }

    Set<SeriesKey> series() {
        return stream.series();
    }

    /** What went astray of a series, by open time. */
    Map<Long, Delivery> astray(SeriesKey series) {
        return astray.getOrDefault(series, Map.of());
    }

    /** What the exchange has of a series, of the slots looked at so far. */
    NavigableMap<Long, Candle> truth(SeriesKey series) {
        Timeframe timeframe = Timeframe.parse(series.timeframe());
        return market.at(
                clock.millis(),
                series.symbol(),
                timeframe,
                from.toEpochMilli(),
                timeframe.openTimeOf(window(series).last()));
    }

    /** The slots looked at so far. */
    SlotRange window(SeriesKey series) {
        long first = Timeframe.parse(series.timeframe()).slotOf(from.toEpochMilli());
        return new SlotRange(first, stream.last(series));
    }

    private void goOn() {
        try {
            stream.deliver();
            feed.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | RuntimeException e) {
            throw new IllegalStateException("the market feed has failed, and ends", e);
        }
    }

    private void wentAstray(SeriesKey series, long openTime, Delivery how) {
        astray.computeIfAbsent(series, unknown -> new ConcurrentHashMap<>()).put(openTime, how);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        feed.close();
    }
}
