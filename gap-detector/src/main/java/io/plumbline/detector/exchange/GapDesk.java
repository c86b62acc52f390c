package io.plumbline.detector.exchange;

import io.plumbline.detector.runs.CandleCounters;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.CaseEvent;
import io.plumbline.topics.record.Gap;
import io.plumbline.topics.record.MissingSlots;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.RunIds;
import io.plumbline.topics.record.SeriesCommand;
import io.plumbline.topics.record.SeriesEvent;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Timeframe;
import io.plumbline.topics.record.Trace;
import io.plumbline.topics.record.WorkAnswer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Opens gaps, and closes each when all of its slots have met their fate. Slots that several gaps share are open once.
 *
 * <ol>
 *   <li>A gap of the stream belongs to the exchange's continuous run of the hour in which it was found. It grows while
 *       something of it is open.
 *   <li>A gap of the cache belongs to the run of the scan that found it. Its series may still hold the candles: it is
 *       asked for them first.
 *   <li>When it is closed, its run is told, once.
 * </ol>
 */
final class GapDesk {

    private final ExchangeRules rules;
    private final ExchangeTables tables;
    private final ExchangeOutput output;
    private final ExchangeMeters meters;

    GapDesk(ExchangeRules rules, ExchangeTables tables, ExchangeOutput output, ExchangeMeters meters) {
        this.meters = meters;
        this.rules = rules;
        this.tables = tables;
        this.output = output;
    }

    /** The stream has a gap, or it has grown. */
    void found(SeriesEvent.GapFound found, long now) {
        SeriesKey series = found.series();
        SlotRange grown = slots(series, found.grownFrom(), found.last());
        OpenGap known = growing(series, grown.first() - 1);
        OpenGap gap = known == null
                ? OpenGap.continuous(
                        tables.newId(series.exchange()),
                        RunIds.continuous(series.exchange(), Instant.ofEpochMilli(now)),
                        series,
                        grown,
                        now)
                : known.grownTo(grown.last());
        tables.gaps.put(gap);
        Instant traded = found.traded();
        Inquiry inquiry =
                Inquiry.due(now + rules.backfill().settle().toMillis(), traded == null ? null : slot(series, traded));
        join(gap, grown).forEach(range -> open(gap, range, inquiry));
        announce(gap);
        giveUpWhereNothingCanBeAsked(gap, grown, now);
    }

    /** A scan of the cache has found a gap. */
    void suspected(CaseEvent.Suspected suspected, @Nullable Trace trace, long now) {
        MissingSlots missing = MissingSlots.of(suspected.entity());
        SeriesKey series = missing.series();
        OpenGap gap = OpenGap.ofScan(
                tables.newId(series.exchange()),
                suspected.runId(),
                series,
                missing.slots(),
                now,
                suspected.deadline().toEpochMilli(),
                trace);
        tables.gaps.put(gap);
        List<SlotRange> unknown = join(gap, missing.slots());
        unknown.forEach(range -> open(gap, range, Inquiry.ofHeld()));
        if (!unknown.isEmpty()) {
            output.command(new SeriesCommand.FindHeld(series, unknown), now);
        }
        announce(gap);
        giveUpWhereNothingCanBeAsked(gap, missing.slots(), now);
    }

    /**
     * The candle of an open slot came after all. Where a scan waits for it, the cache lacks it nevertheless: it is filled
     * from what the series holds now.
     */
    void arrived(SeriesEvent.SlotArrived arrived, long now) {
        if (arrived.origin() == Candle.Origin.BACKFILL) {
            return; // The answer to the request that brought it says more.
        }
        long slot = slot(arrived.series(), arrived.openTime());
        for (OpenSlots open : tables.slots.within(arrived.series(), new SlotRange(slot, slot))) {
            if (open.gaps().stream().allMatch(gap -> tables.gaps.get(gap).continuous())) {
                settle(List.of(open), Fate.ARRIVED, null, now);
            } else if (open.inquiry().waits()) {
                tables.slots.put(open.with(Inquiry.ofHeld()));
                output.command(new SeriesCommand.FindHeld(arrived.series(), List.of(open.range())), now);
            }
        }
    }

    void mislabelled(SeriesEvent.Mislabelled mislabelled, long now) {
        SeriesKey series = mislabelled.series();
        output.event(
                new RunEvent.Counted(
                        RunIds.continuous(series.exchange(), Instant.ofEpochMilli(now)),
                        series.exchange(),
                        Map.of(CandleCounters.MISLABELLED, 1L),
                        List.of(new WorkAnswer.Unreadable(
                                series.text(),
                                "its candles do not open where slots of %s do, from %s on: another timeframe's, or mislabelled"
                                        .formatted(series.timeframe(), mislabelled.openTime())))),
                null,
                now);
    }

    /** Slots have met their fate, for all gaps that they belong to. */
    void settle(List<OpenSlots> slots, Fate fate, @Nullable String reason, long now) {
        Map<String, Long> byGap = new LinkedHashMap<>();
        for (OpenSlots open : slots) {
            tables.slots.remove(open);
            open.gaps().forEach(gap -> byGap.merge(gap, open.size(), Long::sum));
        }
        byGap.forEach((gap, count) -> settle(gap, fate, count, reason, now));
    }

    /** Scans no longer wait for these slots; the stream does. */
    void giveUpForScans(OpenSlots slots, String reason, long now) {
        OpenSlots left = slots;
        for (String gap : slots.gaps()) {
            if (!tables.gaps.get(gap).continuous()) {
                left = left.leaving(gap);
                settle(gap, Fate.GIVEN_UP, slots.size(), reason, now);
            }
        }
        keepOrDrop(left);
    }

    /** Closes the gaps whose runs have given up. */
    void expire(long now) {
        for (OpenGap gap : tables.gaps.overdue(now)) {
            long open = gap.open();
            for (OpenSlots slots : tables.slots.within(gap.series(), new SlotRange(gap.first(), gap.last()))) {
                if (slots.gaps().contains(gap.id())) {
                    keepOrDrop(slots.leaving(gap.id()));
                }
            }
            settle(gap.id(), Fate.GIVEN_UP, open, "the run's deadline had passed", now);
        }
    }

    /** The runs that wait for any of these slots. */
    List<String> runs(List<OpenSlots> slots) {
        return slots.stream()
                .flatMap(open -> open.gaps().stream())
                .distinct()
                .map(gap -> tables.gaps.get(gap).runId())
                .distinct()
                .toList();
    }

    /** What one of the runs that wait for any of these slots is followed by. */
    @Nullable
    Trace trace(List<OpenSlots> slots) {
        for (OpenSlots open : slots) {
            for (String gap : open.gaps()) {
                Trace trace = tables.gaps.get(gap).trace();
                if (trace != null) {
                    return trace;
                }
            }
        }
        return null;
    }

    private @Nullable OpenGap growing(SeriesKey series, long slotBefore) {
        OpenSlots before = tables.slots.at(series, slotBefore);
        if (before == null) {
            return null;
        }
        return before.gaps().stream()
                .map(tables.gaps::get)
                .filter(gap -> gap.continuous() && gap.last() == slotBefore)
                .findAny()
                .orElse(null);
    }

    /** Makes a gap wait for what is open in a range already; gives the rest of the range. */
    private List<SlotRange> join(OpenGap gap, SlotRange range) {
        List<SlotRange> rest = new ArrayList<>();
        long next = range.first();
        for (OpenSlots open : tables.slots.within(gap.series(), range)) {
            tables.slots.put(open.joining(gap.id()));
            if (open.first() > next) {
                rest.add(new SlotRange(next, open.first() - 1));
            }
            next = open.last() + 1;
        }
        if (next <= range.last()) {
            rest.add(new SlotRange(next, range.last()));
        }
        return rest;
    }

    private void open(OpenGap gap, SlotRange range, Inquiry inquiry) {
        tables.slots.put(new OpenSlots(gap.series(), range.first(), range.last(), List.of(gap.id()), inquiry));
    }

    private void giveUpWhereNothingCanBeAsked(OpenGap gap, SlotRange range, long now) {
        String exchange = gap.series().exchange();
        if (!rules.canAsk(exchange)) {
            String reason = "exchange '%s' is not configured: nothing can be asked of it".formatted(exchange);
            settle(tables.slots.within(gap.series(), range), Fate.GIVEN_UP, reason, now);
        }
    }

    private void settle(String id, Fate fate, long count, @Nullable String reason, long now) {
        OpenGap gap = tables.gaps.get(id).settled(fate, count, reason);
        if (gap.open() > 0) {
            tables.gaps.put(gap);
            return;
        }
        tables.gaps.remove(gap);
        Gap.Silence silence = tables.activity.silence(gap);
        boolean isNewOutage = silence == Gap.Silence.OUTAGE
                && tables.outages.isNew(gap.series().exchange(), Activity.minutes(gap), gap.runId());
        output.event(GapClosing.event(gap, isNewOutage), gap.trace(), now);
        Gap closed = GapClosing.record(gap, silence, Instant.ofEpochMilli(now));
        output.gap(closed, gap.trace(), now);
        meters.closed(closed);
    }

    private void announce(OpenGap gap) {
        output.gap(GapClosing.record(gap, tables.activity.silence(gap), null), gap.trace(), gap.foundAt());
    }

    private void keepOrDrop(OpenSlots slots) {
        if (slots.gaps().isEmpty()) {
            tables.slots.remove(slots);
        } else {
            tables.slots.put(slots);
        }
    }

    private static SlotRange slots(SeriesKey series, Instant first, Instant last) {
        return new SlotRange(slot(series, first), slot(series, last));
    }

    static long slot(SeriesKey series, Instant openTime) {
        return Timeframe.parse(series.timeframe()).slotOf(openTime.toEpochMilli());
    }
}
