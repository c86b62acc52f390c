package io.plumbline.local.demo;

import io.plumbline.local.LocalSystem;
import io.plumbline.local.exchange.ExchangeFaults;
import io.plumbline.local.exchange.SimulatedExchange;
import io.plumbline.local.exchange.SimulatedMarket;
import io.plumbline.runtime.TopicListener;
import io.plumbline.stores.CandleCache;
import io.plumbline.stores.connect.CandleStores;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.SeriesCommand;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Timeframe;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/**
 * A market feed in a local system, held against what the cache has to hold and which slots have no candle. The exchange
 * fails to answer now and then.
 */
final class MarketScene implements AutoCloseable {

    static final String SCAN_JOB = LocalSystem.SIMULATED + "-candles-hourly";

    private static final int EMPTY_EVERY = 5;

    private final SimulatedExchange exchange;
    private final MarketFeed feed;
    private final CandleCache cache;
    private final Map<SeriesKey, Set<Long>> verified = new ConcurrentHashMap<>();
    private final TopicListener<SeriesCommand> commands;

    MarketScene(LocalSystem system, SimulatedMarket market, long seed, Clock clock) {
        exchange = Objects.requireNonNull(system.exchange(), "the system simulates no exchange");
        feed = new MarketFeed(system, market, seed, clock.instant(), clock);
        cache = CandleStores.openCache(system.config()).orElseThrow();
        commands = Listening.to(system.topics().seriesCommands, system.config().kafka(), (key, command) -> {
            if (command instanceof SeriesCommand.VerifiedEmpty empty) {
                Set<Long> known = verified.computeIfAbsent(empty.series(), series -> ConcurrentHashMap.newKeySet());
                empty.slots().forEach(range -> range.slots().forEach(known::add));
            }
        });
    }

    void start() throws InterruptedException, ExecutionException {
        exchange.setFaults(ExchangeFaults.emptyEvery(EMPTY_EVERY));
        feed.start();
    }

    /** The feed ends; throws what it failed with. */
    void finish() throws InterruptedException, ExecutionException {
        feed.finish();
    }

    /** Removes some candles of each series from the cache by hand. */
    void removeByHand(long seed, int count) {
        Random random = new Random(seed);
        for (SeriesKey series : feed.series()) {
            List<Long> traded = List.copyOf(feed.truth(series).keySet());
            for (int i = 0; i < count; i++) {
                feed.remove(series, traded.get(random.nextInt(traded.size())));
            }
        }
    }

    /** How many candles went astray in that way. */
    long count(Delivery how) {
        return feed.series().stream()
                .flatMap(series -> feed.astray(series).values().stream())
                .filter(delivery -> delivery == how)
                .count();
    }

    /** How many of them are in the cache. */
    long back(Delivery how) {
        return feed.series().stream()
                .mapToLong(series -> {
                    NavigableMap<Long, Candle> truth = feed.truth(series);
                    Map<Long, Delivery> astray = feed.astray(series);
                    truth.keySet().removeIf(openTime -> astray.get(openTime) != how);
                    return CandleAudit.there(cache, series, truth);
                })
                .sum();
    }

    int series() {
        return feed.series().size();
    }

    /** Slots without trades, as far as they are judged. */
    int untraded() {
        return feed.series().stream()
                .mapToInt(series -> untraded(series).size())
                .sum();
    }

    /** How many of them are verified to be empty. */
    int verified() {
        return feed.series().stream()
                .mapToInt(series -> {
                    Set<Long> known = new TreeSet<>(untraded(series));
                    known.retainAll(verified.getOrDefault(series, Set.of()));
                    return known.size();
                })
                .sum();
    }

    long requests() {
        return exchange.requests();
    }

    /** What is not as it has to be; empty where all is. */
    List<String> errors() {
        List<String> errors = new ArrayList<>();
        for (SeriesKey series : feed.series()) {
            SlotRange window = feed.window(series);
            errors.addAll(CandleAudit.errors(cache, series, feed.truth(series), window));
            Set<Long> known = verified.getOrDefault(series, Set.of());
            Set<Long> untraded = untraded(series);
            untraded.stream()
                    .filter(slot -> !known.contains(slot))
                    .forEach(slot -> errors.add(
                            series.text() + " has no candle at " + at(series, slot) + ", and that was not verified"));
            known.stream()
                    .filter(slot -> window.contains(slot)
                            && feed.truth(series).containsKey(at(series, slot).toEpochMilli()))
                    .forEach(slot -> errors.add(
                            series.text() + " has a candle at " + at(series, slot) + ", and was verified to be empty"));
        }
        return errors;
    }

    /** Between the first and the last candle that there are: what comes after the last is not judged yet. */
    private Set<Long> untraded(SeriesKey series) {
        Timeframe timeframe = Timeframe.parse(series.timeframe());
        NavigableMap<Long, Candle> truth = feed.truth(series);
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
        commands.close();
        cache.close();
        feed.close();
    }
}
