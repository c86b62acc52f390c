package io.plumbline.repairer;

import io.plumbline.stores.CandleCache;
import io.plumbline.stores.CandleCache.SeriesCandles;
import io.plumbline.stores.CandleCache.WriteResult;
import io.plumbline.stores.CandleExchange;
import io.plumbline.stores.StoreRefusedException;
import io.plumbline.stores.StoreUnavailableException;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.Timeframe;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Fills slots of one exchange's series in the cache, by one request each.
 *
 * <ol>
 *   <li>ask the exchange for the slots, and for a neighbour that is known to have traded, where the request has room;
 *   <li>write the candles of the slots that were asked for, where the cache has none, nor a live one;
 *   <li>tell which slots have ended and have no candle.
 * </ol>
 *
 * <p>It never waits, and can be interrupted anywhere and asked again: what it has written before, it recognises.
 */
public final class CandleFiller {

    private final CandleExchange exchange;
    private final CandleCache cache;
    private final Clock clock;

    public CandleFiller(CandleExchange exchange, CandleCache cache, Clock clock) {
        this.exchange = exchange;
        this.cache = cache;
        this.clock = clock;
    }

    public BackfillResult fill(BackfillRequest request) {
        long slots = request.last() - request.first() + 1;
        if (slots < 1 || slots > exchange.slotsPerRequest()) {
            return new BackfillResult.Refused(
                    "it asks for " + slots + " slots, one request is for 1 to " + exchange.slotsPerRequest());
        }
        long askedAt = clock.millis();
        Range range = Range.of(request, exchange.slotsPerRequest());
        return switch (exchange.fetch(request.series(), range.first(), range.last())) {
            case CandleExchange.Answer.Candles answer -> write(request, answer.candles(), askedAt);
            case CandleExchange.Answer.Throttled throttled ->
                new BackfillResult.Throttled(throttled.until(), throttled.reason());
            case CandleExchange.Answer.Unavailable away -> new BackfillResult.Unavailable(away.reason());
            case CandleExchange.Answer.Refused refused -> new BackfillResult.Refused(refused.reason());
        };
    }

    private BackfillResult write(BackfillRequest request, List<Candle> answered, long askedAt) {
        Timeframe timeframe = Timeframe.parse(request.series().timeframe());
        List<Candle> candles = answered.stream()
                .filter(Candle::closed)
                .filter(candle -> isAskedFor(request, timeframe.slotOf(candle.openTime())))
                .toList();
        Set<Long> slots = answered.stream()
                .map(candle -> timeframe.slotOf(candle.openTime()))
                .collect(Collectors.toSet());
        List<Long> empty = LongStream.rangeClosed(request.first(), request.last())
                .filter(slot -> timeframe.openTimeOf(slot + 1) <= askedAt)
                .filter(slot -> isAskedFor(request, slot) && !slots.contains(slot))
                .boxed()
                .toList();
        try {
            List<WriteResult> results = candles.isEmpty()
                    ? List.of()
                    : cache.write(List.of(new SeriesCandles(request.series(), candles)))
                            .getFirst();
            return new BackfillResult.Answered(
                    candles,
                    count(results, WriteResult.FILLED, WriteResult.REPLACED, WriteResult.SAME),
                    count(results, WriteResult.KEPT),
                    count(results, WriteResult.TRIMMED),
                    empty,
                    !Collections.disjoint(slots, request.traded()));
        } catch (StoreUnavailableException away) {
            return new BackfillResult.Unavailable(String.valueOf(away.getMessage()));
        } catch (StoreRefusedException refused) {
            return new BackfillResult.Refused(String.valueOf(refused.getMessage()));
        }
    }

    private static boolean isAskedFor(BackfillRequest request, long slot) {
        return slot >= request.first()
                && slot <= request.last()
                && !request.traded().contains(slot);
    }

    private static int count(List<WriteResult> results, WriteResult... which) {
        List<WriteResult> counted = List.of(which);
        return (int) results.stream().filter(counted::contains).count();
    }

    /** The slots that the exchange is asked for. */
    private record Range(long first, long last) {

        /** The request's own, and the nearest traded neighbour where it has none within and there is room. */
        static Range of(BackfillRequest request, int room) {
            NavigableSet<Long> traded = new TreeSet<>(request.traded());
            Range own = new Range(request.first(), request.last());
            if (!traded.subSet(own.first, true, own.last, true).isEmpty()) {
                return own;
            }
            Long before = traded.lower(own.first);
            Long after = traded.higher(own.last);
            boolean afterIsNearer = before == null || (after != null && after - own.last < own.first - before);
            if (afterIsNearer && after != null) {
                return after - own.first < room ? new Range(own.first, after) : own;
            }
            return before != null && own.last - before < room ? new Range(before, own.last) : own;
        }
    }
}
