package io.plumbline.stores.memory;

import io.plumbline.stores.CandleCache;
import io.plumbline.stores.CandleRetention;
import io.plumbline.stores.StoreUnavailableException;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.Candle.Origin;
import io.plumbline.topics.record.SeriesKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A candle cache without a server, and without expiry. It can be told to be away. */
public final class InMemoryCandleCache implements CandleCache {

    private final CandleRetention retention;
    private final Map<SeriesKey, NavigableMap<Long, List<Candle>>> series = new HashMap<>();
    private boolean away;

    public InMemoryCandleCache(CandleRetention retention) {
        this.retention = retention;
    }

    /** From now on it is away, or there again. */
    public void setAway(boolean isAway) {
        away = isAway;
    }

    /** What an application does that does not look first: another candle at that open time. */
    public void add(SeriesKey key, Candle candle) {
        slots(key).computeIfAbsent(candle.openTime(), time -> new ArrayList<>()).add(candle);
    }

    public void remove(SeriesKey key, long openTime) {
        slots(key).remove(openTime);
    }

    @Override
    public CandleRetention retention() {
        return retention;
    }

    @Override
    public List<Long> counts(List<SeriesWindow> windows) {
        return openTimes(windows).stream().map(times -> (long) times.size()).toList();
    }

    @Override
    public List<List<Long>> openTimes(List<SeriesWindow> windows) {
        return candles(windows).stream()
                .map(found -> found.stream().map(CachedCandle::openTime).toList())
                .toList();
    }

    @Override
    public List<List<CachedCandle>> candles(List<SeriesWindow> windows) {
        requireThere();
        return windows.stream()
                .map(window -> slots(window.series()).subMap(window.from(), window.to()).values().stream()
                        .flatMap(List::stream)
                        .map(candle -> new CachedCandle(candle.openTime(), candle, null))
                        .toList())
                .toList();
    }

    @Override
    public List<OptionalLong> oldest(List<SeriesKey> keys) {
        requireThere();
        return keys.stream()
                .map(key -> slots(key).isEmpty()
                        ? OptionalLong.empty()
                        : OptionalLong.of(slots(key).firstKey()))
                .toList();
    }

    @Override
    public List<List<WriteResult>> write(List<SeriesCandles> batch) {
        requireThere();
        return batch.stream().map(this::write).toList();
    }

    private List<WriteResult> write(SeriesCandles written) {
        List<Candle> candles = written.candles();
        @Nullable WriteResult[] results = new WriteResult[candles.size()];
        IntStream.range(0, candles.size())
                .boxed()
                .sorted(Comparator.comparingLong(
                                (Integer place) -> candles.get(place).openTime())
                        .reversed())
                .forEach(place -> results[place] = write(slots(written.series()), candles.get(place)));
        return List.of(results);
    }

    private WriteResult write(NavigableMap<Long, List<Candle>> slots, Candle candle) {
        List<Candle> held = slots.get(candle.openTime());
        if (held == null) {
            return fill(slots, candle);
        }
        List<Candle> others =
                held.stream().filter(other -> !other.equals(candle)).toList();
        boolean same = others.size() < held.size();
        boolean wins = others.stream().allMatch(other -> isNewer(candle, other));
        List<Candle> gone = others.stream()
                .filter(other -> isNewer(candle, other))
                .filter(other -> wins
                        || same
                        || others.stream().anyMatch(third -> !isNewer(candle, third) && isNewer(third, other)))
                .toList();
        if (gone.isEmpty()) {
            return same && wins ? WriteResult.SAME : WriteResult.KEPT;
        }
        held.removeAll(gone);
        if (wins && !same) {
            held.add(candle);
        }
        return WriteResult.REPLACED;
    }

    private WriteResult fill(NavigableMap<Long, List<Candle>> slots, Candle candle) {
        long size = slots.values().stream().mapToLong(List::size).sum();
        boolean full = retention.newest() != null && size >= retention.newest();
        if (full && candle.openTime() < slots.firstKey()) {
            return WriteResult.TRIMMED;
        }
        slots.put(candle.openTime(), new ArrayList<>(List.of(candle)));
        if (full) {
            List<Candle> oldest = slots.firstEntry().getValue();
            oldest.removeFirst();
            if (oldest.isEmpty()) {
                slots.pollFirstEntry();
            }
        }
        return WriteResult.FILLED;
    }

    private static boolean isNewer(Candle candle, Candle other) {
        boolean backfilledOverLive = other.origin() == Origin.LIVE && candle.origin() == Origin.BACKFILL;
        return !backfilledOverLive && candle.sequence() > other.sequence();
    }

    private NavigableMap<Long, List<Candle>> slots(SeriesKey key) {
        return series.computeIfAbsent(key, none -> new TreeMap<>());
    }

    private void requireThere() {
        if (away) {
            throw new StoreUnavailableException("the cache", new IOException("connection refused"));
        }
    }

    @Override
    public void close() {}
}
