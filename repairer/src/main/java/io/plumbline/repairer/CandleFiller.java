package io.plumbline.repairer;

import io.plumbline.stores.CandleCache;
import io.plumbline.stores.CandleCache.SeriesCandles;
import io.plumbline.stores.CandleCache.WriteResult;
import io.plumbline.stores.CandleExchange;
import io.plumbline.stores.StoreRefusedException;
import io.plumbline.stores.StoreUnavailableException;
import io.plumbline.topics.record.BackfillAnswer;
import io.plumbline.topics.record.BackfillAnswer.Status;
import io.plumbline.topics.record.BackfillCommand;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Timeframe;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Fills slots of one exchange's series in the cache, by one request each, or with candles that are at hand.
 *
 * <ol>
 *   <li>ask the exchange for everything from the first slot to the last, and for a neighbour that is known to have
 *       traded, where the request has room;
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

    /** The answer to a command that no exchange needs to be asked for; empty where the next step is {@link #ask}. */
    public Optional<Backfilled> withoutAsking(BackfillCommand command) {
        if (clock.instant().isAfter(command.deadline())) {
            return Optional.of(without(command, Status.EXPIRED, "the deadline has passed"));
        }
        String problem = problem(command);
        if (problem != null) {
            return Optional.of(without(command, Status.REFUSED, problem));
        }
        return command.held().isEmpty() ? Optional.empty() : Optional.of(writeHeld(command));
    }

    /** Asks the exchange, in one request, and writes what it answers. */
    public Backfilled ask(BackfillCommand command) {
        RequestedSlots slots = RequestedSlots.of(command);
        SlotRange range = slots.withNeighbour(exchange.slotsPerRequest());
        long askedAt = clock.millis();
        return switch (exchange.fetch(command.series(), range.first(), range.last())) {
            case CandleExchange.Answer.Candles answer -> writeAnswered(command, slots, answer.candles(), askedAt);
            case CandleExchange.Answer.Throttled throttled ->
                asked(command, Status.THROTTLED, throttled.until(), throttled.reason());
            case CandleExchange.Answer.Unavailable away -> asked(command, Status.UNAVAILABLE, null, away.reason());
            case CandleExchange.Answer.Refused refused -> asked(command, Status.REFUSED, null, refused.reason());
        };
    }

    private @Nullable String problem(BackfillCommand command) {
        if (command.slots().isEmpty()) {
            return "it names no slots; right is at least one";
        }
        Timeframe timeframe;
        try {
            timeframe = Timeframe.parse(command.series().timeframe());
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
        if (!command.held().isEmpty()) {
            return null;
        }
        List<Timeframe> served = exchange.timeframes();
        if (served.stream().noneMatch(known -> known.lengthMs() == timeframe.lengthMs())) {
            return "the exchange '%s' has no %s; it has %s"
                    .formatted(
                            command.series().exchange(),
                            timeframe.name(),
                            served.stream().map(Timeframe::name).collect(Collectors.joining(", ")));
        }
        long span = RequestedSlots.rangeOf(command).size();
        return span <= exchange.slotsPerRequest()
                ? null
                : "it asks for " + span + " slots from the first to the last; one request is for 1 to "
                        + exchange.slotsPerRequest();
    }

    private Backfilled writeHeld(BackfillCommand command) {
        Timeframe timeframe = Timeframe.parse(command.series().timeframe());
        List<Candle> candles = command.held().stream()
                .filter(Candle::closed)
                .filter(candle -> timeframe.isAligned(candle.openTime()))
                .filter(candle -> isAsked(command, timeframe.slotOf(candle.openTime())))
                .toList();
        try {
            return Backfilled.only(done(command, timeframe, candles, write(command, candles), List.of(), false, false));
        } catch (StoreUnavailableException away) {
            return without(command, Status.UNAVAILABLE, String.valueOf(away.getMessage()));
        } catch (StoreRefusedException refused) {
            return without(command, Status.REFUSED, String.valueOf(refused.getMessage()));
        }
    }

    private static boolean isAsked(BackfillCommand command, long slot) {
        return command.slots().stream().anyMatch(range -> range.contains(slot));
    }

    private Backfilled writeAnswered(
            BackfillCommand command, RequestedSlots slots, List<Candle> answered, long askedAt) {
        Timeframe timeframe = Timeframe.parse(command.series().timeframe());
        List<Candle> candles = answered.stream()
                .filter(Candle::closed)
                .filter(candle -> slots.asked().contains(timeframe.slotOf(candle.openTime())))
                .toList();
        Set<Long> seen = answered.stream()
                .map(candle -> timeframe.slotOf(candle.openTime()))
                .collect(Collectors.toSet());
        List<Long> empty = slots.asked().stream()
                .filter(slot -> timeframe.openTimeOf(slot + 1) <= askedAt && !seen.contains(slot))
                .toList();
        try {
            List<WriteResult> results = write(command, candles);
            return new Backfilled(
                    done(command, timeframe, candles, results, empty, slots.hasTraded(seen), true), candles);
        } catch (StoreUnavailableException away) {
            return asked(command, Status.UNAVAILABLE, null, String.valueOf(away.getMessage()));
        } catch (StoreRefusedException refused) {
            return asked(command, Status.REFUSED, null, String.valueOf(refused.getMessage()));
        }
    }

    private List<WriteResult> write(BackfillCommand command, List<Candle> candles) {
        return candles.isEmpty()
                ? List.of()
                : cache.write(List.of(new SeriesCandles(command.series(), candles)))
                        .getFirst();
    }

    private static BackfillAnswer done(
            BackfillCommand command,
            Timeframe timeframe,
            List<Candle> candles,
            List<WriteResult> results,
            List<Long> empty,
            boolean sawTraded,
            boolean asked) {
        return new BackfillAnswer(
                command.requestId(),
                command.series(),
                Status.DONE,
                slots(timeframe, candles, results, WriteResult.FILLED, WriteResult.REPLACED, WriteResult.SAME),
                slots(timeframe, candles, results, WriteResult.KEPT),
                slots(timeframe, candles, results, WriteResult.TRIMMED),
                SlotRange.of(empty),
                sawTraded,
                asked,
                null,
                null);
    }

    /** The slots of the candles whose result is one of these. */
    private static List<SlotRange> slots(
            Timeframe timeframe, List<Candle> candles, List<WriteResult> results, WriteResult... which) {
        Set<WriteResult> wanted = Set.of(which);
        return SlotRange.of(IntStream.range(0, candles.size())
                .filter(place -> wanted.contains(results.get(place)))
                .mapToObj(place -> timeframe.slotOf(candles.get(place).openTime()))
                .toList());
    }

    private static Backfilled asked(
            BackfillCommand command, Status status, @Nullable Instant notBefore, String reason) {
        return Backfilled.only(BackfillAnswer.without(command, status, true, notBefore, reason));
    }

    private static Backfilled without(BackfillCommand command, Status status, String reason) {
        return Backfilled.only(BackfillAnswer.without(command, status, false, null, reason));
    }
}
