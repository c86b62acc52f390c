package io.plumbline.detector.series;

import io.plumbline.detector.series.SeriesState.Span;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.SeriesEvent;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Timeframe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges the slots of one series.
 *
 * <ol>
 *   <li>A closed candle makes its slot present, in whatever order candles come, and proves that its slot is over. An
 *       open one only proves that its slot has begun.
 *   <li>A marker proves the time that it carries.
 *   <li>A slot without its candle is missing once the proven time is beyond its end and the lateness: the slot that is
 *       open now never is. Adjacent missing slots are one gap, which grows with the time.
 *   <li>A missing slot of which the exchange is known to have no candle is verified empty, and in no gap.
 *   <li>A candle that comes later still wins over missing and verified empty.
 *   <li>A series begins with its oldest candle. Blocks beyond the retention are forgotten.
 * </ol>
 *
 * <p>It may be kept from record to record, with {@link #save()} and {@link #takeEvents()} after each.
 */
public final class Series {

    private final SeriesKey key;
    private final SeriesRules rules;
    private final Timeframe timeframe;
    private final SlotMap slots;
    private final List<SeriesEvent> events = new ArrayList<>();
    private @Nullable Span span;
    private boolean mislabelled;

    public Series(SeriesKey key, SeriesRules rules, SeriesState state, SlotBlocks blocks) {
        this.key = key;
        this.rules = rules;
        this.timeframe = rules.timeframe();
        this.slots = new SlotMap(blocks);
        this.span = state.span();
        this.mislabelled = state.mislabelled();
    }

    /** @param writtenAt when the candle was written, in milliseconds since the epoch */
    public CandleVerdict take(Candle candle, long writtenAt) {
        if (!timeframe.isAligned(candle.openTime())) {
            return mislabel(candle);
        }
        mislabelled = false;
        long slot = timeframe.slotOf(candle.openTime());
        if (slot < rules.oldest(span == null ? writtenAt : Math.max(writtenAt, span.time()))) {
            return CandleVerdict.OUTDATED;
        }
        if (!candle.closed()) {
            pass(candle.openTime());
            return CandleVerdict.OPEN;
        }
        return fill(slot, candle);
    }

    /** It is now at least that time, and every candle written before has been taken. */
    public void pass(long epochMs) {
        if (span != null) {
            settle(span, epochMs);
        }
    }

    /**
     * The exchange has no candle for these slots: marks those of them that are judged and not present. A candle that comes
     * all the same wins.
     *
     * @return how many were marked
     */
    public long verifyEmpty(List<SlotRange> empty) {
        return empty.stream().mapToLong(this::verifyEmpty).sum();
    }

    /** When the nearest slot opens before that one whose candle was seen, of the last {@link SlotBlock#SLOTS}. */
    public Optional<Instant> tradedBefore(long end) {
        for (long slot = end - 1; slot >= end - SlotBlock.SLOTS; slot--) {
            if (slots.get(slot) == SlotState.PRESENT) {
                return Optional.of(opening(slot));
            }
        }
        return Optional.empty();
    }

    /** Keeps the slots; gives what else is to be kept. */
    public SeriesState save() {
        slots.save();
        return new SeriesState(span, mislabelled);
    }

    /** What was found out since it was last asked, in this order. */
    public List<SeriesEvent> takeEvents() {
        if (events.isEmpty()) {
            return List.of();
        }
        List<SeriesEvent> taken = List.copyOf(events);
        events.clear();
        return taken;
    }

    /** When the next slot is overdue, in milliseconds since the epoch; never for a series that has not begun. */
    public static long nextOverdue(SeriesState state, SeriesRules rules) {
        Span span = state.span();
        return span == null ? Long.MAX_VALUE : rules.overdueAt(span.settled());
    }

    private long verifyEmpty(SlotRange empty) {
        Span known = span;
        if (known == null) {
            return 0;
        }
        long marked = 0;
        long last = Math.min(empty.last(), known.settled() - 1);
        for (long slot = Math.max(empty.first(), known.first()); slot <= last; slot++) {
            SlotState before = slots.get(slot);
            if (before == SlotState.MISSING || before == SlotState.UNKNOWN) {
                slots.set(slot, SlotState.VERIFIED_EMPTY);
                known = without(known, slot);
                marked++;
            }
        }
        span = known;
        return marked;
    }

    private CandleVerdict mislabel(Candle candle) {
        if (!mislabelled) {
            mislabelled = true;
            events.add(new SeriesEvent.Mislabelled(key, Instant.ofEpochMilli(candle.openTime())));
        }
        return CandleVerdict.MISLABELLED;
    }

    private CandleVerdict fill(long slot, Candle candle) {
        SlotState before = slots.get(slot);
        if (before != SlotState.PRESENT) {
            slots.set(slot, SlotState.PRESENT);
        }
        Span known = beginning(slot);
        if (before == SlotState.MISSING || before == SlotState.VERIFIED_EMPTY) {
            events.add(new SeriesEvent.SlotArrived(key, opening(slot), candle.origin()));
            known = without(known, slot);
        }
        settle(known, timeframe.openTimeOf(slot + 1));
        return before == SlotState.PRESENT ? CandleVerdict.DUPLICATE : CandleVerdict.TAKEN;
    }

    /** The span from that slot on, where it is older than the oldest. */
    private Span beginning(long slot) {
        long block = SlotBlock.numberOf(slot);
        if (span == null) {
            return new Span(slot, slot, Long.MIN_VALUE, slot, block);
        }
        if (slot < span.first()) {
            return new Span(slot, slot, span.time(), slot, Math.min(block, span.oldestBlock()));
        }
        return span;
    }

    /** The gap at the end begins after a slot that is missing no longer. */
    private static Span without(Span span, long slot) {
        long gap = slot < span.settled() ? Math.max(span.gap(), slot + 1) : span.gap();
        return new Span(span.first(), span.settled(), span.time(), gap, span.oldestBlock());
    }

    private void settle(Span known, long epochMs) {
        long time = Math.max(known.time(), epochMs);
        long end = rules.firstNotOverdue(time);
        long gap = known.gap();
        long slot = known.settled();
        long from = known.settled();
        boolean grown = false;
        for (SlotState state = slots.get(slot); state != SlotState.UNKNOWN || slot < end; state = slots.get(slot)) {
            if (state == SlotState.UNKNOWN) {
                slots.set(slot, SlotState.MISSING);
                grown = true;
            } else if (state != SlotState.MISSING) {
                found(grown, gap, Math.max(gap, from), slot, time);
                grown = false;
                gap = slot + 1;
            }
            slot++;
        }
        found(grown, gap, Math.max(gap, from), slot, time);
        span = new Span(known.first(), slot, time, gap, forget(known.oldestBlock(), time));
    }

    private void found(boolean grown, long first, long grownFrom, long end, long time) {
        if (grown) {
            events.add(new SeriesEvent.GapFound(
                    key,
                    opening(first),
                    opening(grownFrom),
                    opening(end - 1),
                    tradedBefore(first).orElse(null),
                    Instant.ofEpochMilli(time)));
        }
    }

    private long forget(long oldestBlock, long time) {
        long kept = SlotBlock.numberOf(rules.oldest(time));
        for (long block = oldestBlock; block < kept; block++) {
            slots.forget(block);
        }
        return Math.max(oldestBlock, kept);
    }

    private Instant opening(long slot) {
        return Instant.ofEpochMilli(timeframe.openTimeOf(slot));
    }
}
