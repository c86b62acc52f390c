package io.plumbline.local.demo;

import io.plumbline.local.LocalSystem;
import io.plumbline.local.exchange.ExchangeFaults;
import io.plumbline.local.exchange.SimulatedExchange;
import io.plumbline.local.exchange.SimulatedMarket;
import io.plumbline.stores.CandleCache;
import io.plumbline.stores.connect.CandleStores;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.SeriesCommand;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Timeframe;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A feed of the simulated exchange's candles in a local system: the last hours at once, then each candle as it closes; some
 * are lost. It knows what the cache has to hold, and which slots have no candle.
 */
final class MarketScene implements AutoCloseable {

    static final String SCAN_JOB = LocalSystem.SIMULATED + "-candles-hourly";

    private static final Duration HISTORY = Duration.ofHours(5);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SimulatedMarket market;
    private final SimulatedExchange exchange;
    private final CandleFeed feed;
    private final CandleCache cache;
    private final CandleStream stream;
    private final Instant from;
    private final Clock clock;
    private final Map<SeriesKey, Map<Long, Delivery>> astray = new ConcurrentHashMap<>();
    private final Map<SeriesKey, Set<Long>> verified = new ConcurrentHashMap<>();
    private final TopicListener<SeriesCommand> commands;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private Future<?> going = CompletableFuture.completedFuture(null);

    MarketScene(LocalSystem system, SimulatedMarket market, long seed, Clock clock) {
        this.market = market;
        this.clock = clock;
        exchange = Objects.requireNonNull(system.exchange(), "the system simulates no exchange");
        from = clock.instant().truncatedTo(ChronoUnit.HOURS).minus(HISTORY);
        feed = new CandleFeed(system.config(), system.topics());
        stream = new CandleStream(market, feed, new Losses(seed, from, clock.instant()), clock, this::wentAstray);
        cache = CandleStores.openCache(system.config()).orElseThrow();
        commands = new TopicListener<>(system.config().kafka(), system.topics().seriesCommands, (key, command) -> {
            if (command instanceof SeriesCommand.VerifiedEmpty empty) {
                Set<Long> known = verified.computeIfAbsent(empty.series(), series -> ConcurrentHashMap.newKeySet());
                empty.slots().forEach(range -> range.slots().forEach(known::add));
            }
        });
    }

    /** Streams what has closed so far, and goes on with each candle as it closes. */
    void start() throws InterruptedException, ExecutionException {
        exchange.setFaults(ExchangeFaults.emptyEvery(5));
        stream.deliver();
        feed.flush();
        going = thread.scheduleWithFixedDelay(stream::deliver, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Removes some candles of each series from the cache by hand. */
    void removeByHand(long seed, int count) {
        Random random = new Random(seed);
        for (SeriesKey series : stream.series()) {
            List<Long> traded = List.copyOf(truth(series).keySet());
            for (int i = 0; i < count; i++) {
                long openTime = traded.get(random.nextInt(traded.size()));
                feed.removeFromCache(series, openTime);
                if (!astray.getOrDefault(series, Map.of()).containsKey(openTime)) {
                    wentAstray(series, openTime, Delivery.REMOVED);
                }
            }
        }
    }

    /** The feed ends; throws what it failed with. */
    void finish() throws InterruptedException, ExecutionException {
        going.cancel(false);
        thread.shutdown();
        if (!thread.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("the feed does not end");
        }
        if (!going.isCancelled()) {
            going.get();
        }
        feed.flush();
    }

    /** How many candles went astray in that way. */
    long count(Delivery how) {
        return astray.values().stream()
                .flatMap(slots -> slots.values().stream())
                .filter(delivery -> delivery == how)
                .count();
    }

    /** How many of them are in the cache. */
    long back(Delivery how) {
        return astray.entrySet().stream()
                .mapToLong(entry -> back(entry.getKey(), entry.getValue(), how))
                .sum();
    }

    int series() {
        return stream.series().size();
    }

    /** Slots without trades up to the last that was delivered. */
    int untraded() {
        return stream.series().stream()
                .mapToInt(series -> untraded(series).size())
                .sum();
    }

    /** Slots that were verified to be empty. */
    int verified() {
        return verified.values().stream().mapToInt(Set::size).sum();
    }

    long requests() {
        return exchange.requests();
    }

    /** What is not as it has to be; empty where all is. */
    List<String> errors() {
        List<String> errors = new ArrayList<>();
        for (SeriesKey series : stream.series()) {
            errors.addAll(CandleAudit.errors(cache, series, truth(series), window(series)));
            Set<Long> known = verified.getOrDefault(series, Set.of());
            Set<Long> untraded = untraded(series);
            untraded.stream()
                    .filter(slot -> !known.contains(slot))
                    .forEach(slot -> errors.add(
                            series.text() + " has no candle at " + at(series, slot) + ", and that was not verified"));
            long last = stream.last(series);
            known.stream()
                    .filter(slot -> slot <= last && !untraded.contains(slot))
                    .forEach(slot -> errors.add(
                            series.text() + " has a candle at " + at(series, slot) + ", and was verified to be empty"));
        }
        return errors;
    }

    private long back(SeriesKey series, Map<Long, Delivery> slots, Delivery how) {
        NavigableMap<Long, Candle> truth = truth(series);
        truth.keySet().retainAll(slots.keySet());
        truth.keySet().removeIf(openTime -> slots.get(openTime) != how);
        return CandleAudit.there(cache, series, truth);
    }

    private void wentAstray(SeriesKey series, long openTime, Delivery how) {
        astray.computeIfAbsent(series, unknown -> new ConcurrentHashMap<>()).put(openTime, how);
    }

    /** What the cache has to hold, by open time. */
    private NavigableMap<Long, Candle> truth(SeriesKey series) {
        Timeframe timeframe = Timeframe.parse(series.timeframe());
        return market.at(
                clock.millis(),
                series.symbol(),
                timeframe,
                from.toEpochMilli(),
                timeframe.openTimeOf(stream.last(series)));
    }

    private SlotRange window(SeriesKey series) {
        Timeframe timeframe = Timeframe.parse(series.timeframe());
        return new SlotRange(timeframe.slotOf(from.toEpochMilli()), stream.last(series));
    }

    /** Between the first and the last candle that were delivered: what comes after the last is not judged yet. */
    private Set<Long> untraded(SeriesKey series) {
        Timeframe timeframe = Timeframe.parse(series.timeframe());
        NavigableMap<Long, Candle> truth = truth(series);
        Set<Long> untraded = new TreeSet<>();
        new SlotRange(timeframe.slotOf(truth.firstKey()), timeframe.slotOf(truth.lastKey()))
                .slots()
                .filter(slot -> !truth.containsKey(timeframe.openTimeOf(slot)))
                .forEach(untraded::add);
        return untraded;
    }

    private static Instant at(SeriesKey series, long slot) {
        return Instant.ofEpochMilli(Timeframe.parse(series.timeframe()).openTimeOf(slot));
    }

    @Override
    public void close() {
        thread.shutdownNow();
        commands.close();
        cache.close();
        feed.close();
    }
}
