package io.plumbline.stores.cache;

import io.plumbline.stores.CandleCache.CachedCandle;
import io.plumbline.stores.CandleCache.SeriesWindow;
import io.plumbline.stores.CandleRetention;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.Timeframe;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One series on its way through a scan: what is known of it so far. */
final class SeriesScan {

    private final ExpectedSeries asked;
    private final Timeframe timeframe;
    private long first;
    private @Nullable ScannedSeries found;

    SeriesScan(ExpectedSeries asked, Timeframe timeframe) {
        this.asked = asked;
        this.timeframe = timeframe;
        this.first = asked.first();
    }

    ExpectedSeries asked() {
        return asked;
    }

    /** Whether the cache's rules may have removed some of its window. */
    boolean isPartlyForgotten(CandleRetention retention, long now) {
        return timeframe.openTimeOf(asked.first()) < retention.surelyHeldFrom(timeframe, now);
    }

    /** Leaves out what the cache's rules may have removed. */
    void forget(CandleRetention retention, long now, OptionalLong oldest) {
        long from = retention.expectedFrom(timeframe, now, oldest);
        first = Math.clamp(timeframe.slotOf(from - 1) + 1, asked.first(), asked.last() + 1);
    }

    SeriesWindow window() {
        return new SeriesWindow(asked.series(), timeframe.openTimeOf(first), timeframe.openTimeOf(asked.last() + 1));
    }

    /** Ends it where there are as many candles as expected; two at one time can hide a hole from this. */
    void counted(long count) {
        if (count == expected()) {
            end(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null);
        }
    }

    void refuse(@Nullable String reason) {
        found = new ScannedSeries(
                asked.series(), 0, 0, 0, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), reason);
    }

    boolean isOpen() {
        return found == null;
    }

    /** Ends it by what is there. */
    void listed(List<Long> openTimes) {
        List<CachedCandle> nothingRead = openTimes.stream()
                .map(time -> new CachedCandle(time, null, null))
                .toList();
        compared(nothingRead);
    }

    /** Ends it by what is there and what that says. */
    void compared(List<CachedCandle> cached) {
        NavigableMap<Long, List<CachedCandle>> bySlot = new TreeMap<>();
        List<Long> misplaced = new ArrayList<>();
        for (CachedCandle candle : cached) {
            if (timeframe.isAligned(candle.openTime())) {
                bySlot.computeIfAbsent(timeframe.slotOf(candle.openTime()), slot -> new ArrayList<>())
                        .add(candle);
            } else {
                misplaced.add(candle.openTime());
            }
        }
        List<Long> missing = new ArrayList<>();
        for (long slot = first; slot <= asked.last(); slot++) {
            if (!bySlot.containsKey(slot) && !asked.empty().contains(slot)) {
                missing.add(slot);
            }
        }
        List<Long> doubled = new ArrayList<>();
        List<Long> different = new ArrayList<>();
        List<Long> contradicting = new ArrayList<>();
        List<Long> unreadable = new ArrayList<>();
        bySlot.forEach((slot, candles) -> {
            if (candles.size() > 1) {
                doubled.add(slot);
            } else if (candles.getFirst().unreadable() != null) {
                unreadable.add(slot);
            } else if (differs(candles.getFirst().candle(), asked.known().get(slot))) {
                boolean older =
                        isOlder(candles.getFirst().candle(), asked.known().get(slot));
                (older ? different : contradicting).add(slot);
            }
        });
        end(missing, doubled, different, contradicting, unreadable, misplaced, null);
    }

    private static boolean isOlder(@Nullable Candle cached, @Nullable Candle known) {
        return cached != null && known != null && cached.sequence() < known.sequence();
    }

    /** Whether it is another candle than the known one, and not a newer one. */
    private static boolean differs(@Nullable Candle cached, @Nullable Candle known) {
        if (cached == null || known == null || cached.sequence() > known.sequence()) {
            return false;
        }
        return cached.open().compareTo(known.open()) != 0
                || cached.high().compareTo(known.high()) != 0
                || cached.low().compareTo(known.low()) != 0
                || cached.close().compareTo(known.close()) != 0
                || cached.volume().compareTo(known.volume()) != 0
                || (known.closed() && !cached.closed());
    }

    private void end(
            List<Long> missing,
            List<Long> doubled,
            List<Long> different,
            List<Long> contradicting,
            List<Long> unreadable,
            List<Long> misplaced,
            @Nullable String refused) {
        long expected = expected();
        found = new ScannedSeries(
                asked.series(),
                expected,
                expected - missing.size(),
                first - asked.first(),
                missing,
                doubled,
                different,
                contradicting,
                unreadable,
                misplaced,
                refused);
    }

    private long expected() {
        long empty = asked.empty().stream()
                .filter(slot -> slot >= first && slot <= asked.last())
                .count();
        return asked.last() - first + 1 - empty;
    }

    ScannedSeries found() {
        if (found == null) {
            throw new IllegalStateException(asked.series().text() + " was not scanned");
        }
        return found;
    }
}
