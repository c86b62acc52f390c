package io.plumbline.detector.exchange;

import io.plumbline.topics.record.BackfillCommand;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.SeriesEvent;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.SlotRange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * Asks for open slots.
 *
 * <ol>
 *   <li>What is due first goes first, and takes along what else is due of its series and fits into one request, from the
 *       nearest slot on that is known to have traded. A long gap is asked for part by part, and lets others go between.
 *   <li>So many requests to an exchange are under way at a time; none before the exchange wants any.
 *   <li>What is held by the series itself is written without asking the exchange.
 * </ol>
 */
final class RequestDesk {

    /** Of a command; then it is asked for again. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final ExchangeRules rules;
    private final ExchangeTables tables;
    private final ExchangeOutput output;
    private final GapDesk gaps;
    private final ExchangeMeters meters;

    RequestDesk(
            ExchangeRules rules, ExchangeTables tables, ExchangeOutput output, GapDesk gaps, ExchangeMeters meters) {
        this.meters = meters;
        this.rules = rules;
        this.tables = tables;
        this.output = output;
        this.gaps = gaps;
    }

    /** Sends what may be under way. */
    void send(String exchange, long now) {
        while (mayAsk(exchange) && tables.pausedUntil(exchange) <= now) {
            OpenSlots due = tables.slots.due(exchange, now);
            if (due == null) {
                return;
            }
            ask(due, now);
        }
    }

    /** When there is something to send to an exchange, in milliseconds since the epoch. */
    long earliest(String exchange) {
        long due = tables.slots.earliest(exchange);
        return mayAsk(exchange) ? Math.max(due, tables.pausedUntil(exchange)) : Long.MAX_VALUE;
    }

    /** The series has said what it holds: that is written, the rest is asked for. */
    void held(SeriesEvent.Held held, long now) {
        SeriesKey series = held.series();
        Instant traded = held.traded();
        Inquiry due = Inquiry.due(now, traded == null ? null : GapDesk.slot(series, traded));
        for (OpenSlots open : tables.slots.within(series, held.asked())) {
            if (open.inquiry().awaitsHeld()) {
                tables.slots.put(open.with(due));
            }
        }
        List<Long> slots = held.candles().stream()
                .map(candle -> GapDesk.slot(series, Instant.ofEpochMilli(candle.openTime())))
                .toList();
        List<OpenSlots> open = tables.slots.within(series, SlotRange.of(slots)).stream()
                .filter(waiting -> waiting.inquiry().waits())
                .toList();
        if (!open.isEmpty()) {
            List<SlotRange> ranges = open.stream().map(OpenSlots::range).toList();
            Predicate<Candle> isOpen = candle -> ranges.stream()
                    .anyMatch(range -> range.contains(GapDesk.slot(series, Instant.ofEpochMilli(candle.openTime()))));
            List<Candle> candles = held.candles().stream().filter(isOpen).toList();
            request(open, List.of(), candles, now);
        }
    }

    private boolean mayAsk(String exchange) {
        return tables.underWay(exchange) < rules.backfill().outstanding();
    }

    private void ask(OpenSlots first, long now) {
        SeriesKey series = first.series();
        int room = Objects.requireNonNull(rules.slotsPerRequest().get(series.exchange()), series.exchange());
        Long traded = first.inquiry().traded();
        boolean near = traded != null && traded < first.first() && first.first() - traded < room;
        long lowest = near && traded != null ? traded : first.first();
        long highest = lowest + room - 1;
        List<OpenSlots> asked = tables.slots.within(series, new SlotRange(first.first(), highest)).stream()
                .filter(open -> open.inquiry().waits() && open.inquiry().notBefore() <= now)
                .toList();
        letOthersGoFirst(series, highest + 1, now);
        List<Long> anchors = asked.stream()
                .map(open -> open.inquiry().traded())
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .filter(slot -> slot >= lowest && slot <= highest)
                .distinct()
                .sorted()
                .toList();
        request(asked, anchors, List.of(), now);
    }

    /** The rest of a long gap has had its turn. */
    private void letOthersGoFirst(SeriesKey series, long slot, long now) {
        OpenSlots rest = tables.slots.at(series, slot);
        if (rest != null && rest.inquiry().waits() && rest.inquiry().notBefore() < now) {
            tables.slots.put(rest.with(rest.inquiry().after(now)));
        }
    }

    private void request(List<OpenSlots> asked, List<Long> traded, List<Candle> held, long now) {
        SeriesKey series = asked.getFirst().series();
        String id = tables.newId(series.exchange());
        asked.forEach(open -> tables.slots.put(open.with(open.inquiry().underWay(id))));
        List<SlotRange> slots = SlotRange.of(asked.stream()
                .flatMapToLong(open -> LongStream.rangeClosed(open.first(), open.last()))
                .boxed()
                .toList());
        tables.ask(new OpenRequest(id, series, slots, !traded.isEmpty(), held.isEmpty()));
        meters.asked(held.isEmpty());
        Instant deadline = Instant.ofEpochMilli(now).plus(PATIENCE);
        output.request(new BackfillCommand(id, series, slots, traded, held, deadline), gaps.trace(asked), now);
    }
}
