package io.plumbline.local.candles;

import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.SlotRange;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A series as it was fed, and as it is true; both by slot.
 *
 * @param fed what the feed did not lose, from the first slot to the last
 * @param truth what the exchange has
 */
record Played(SeriesKey series, NavigableMap<Long, Candle> fed, NavigableMap<Long, Candle> truth) {

    /** Fed but for some slots. */
    static Played without(SeriesKey series, NavigableMap<Long, Candle> truth, Collection<Long> lost) {
        NavigableMap<Long, Candle> fed = new TreeMap<>(truth);
        fed.keySet().removeAll(lost);
        return new Played(series, fed, truth);
    }

    /** Of it what comes before a slot that was fed. */
    Played before(long slot) {
        return new Played(series, fed.headMap(slot, false), truth.headMap(slot, false));
    }

    SlotRange window() {
        return new SlotRange(fed.firstKey(), fed.lastKey());
    }

    /** Slots that the feed had no candle of. */
    Set<Long> missing() {
        return without(fed);
    }

    /** Slots that nobody has a candle of. */
    Set<Long> empty() {
        return without(truth);
    }

    /** Slots that the exchange has a candle of, and the feed had none. */
    Set<Long> lost() {
        Set<Long> lost = new TreeSet<>(truth.keySet());
        lost.removeAll(fed.keySet());
        return lost;
    }

    private Set<Long> without(NavigableMap<Long, Candle> candles) {
        Set<Long> without = new TreeSet<>();
        window().slots().filter(slot -> !candles.containsKey(slot)).forEach(without::add);
        return without;
    }
}
