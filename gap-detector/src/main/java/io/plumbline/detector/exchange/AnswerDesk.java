package io.plumbline.detector.exchange;

import io.plumbline.detector.runs.CandleCounters;
import io.plumbline.topics.record.BackfillAnswer;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.SeriesCommand;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Timeframe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes the answers to requests.
 *
 * <ol>
 *   <li>Filled, or something there already: the slot is settled.
 *   <li>Empty, in an answer that held a slot known to have traded: the exchange is asked once more after a while; then the
 *       slot is verified to be empty, and its series is told.
 *   <li>Empty, in an answer that lacked even what is known to have traded: nothing is proven. It is asked again for as long
 *       as one that is away is waited for.
 *   <li>Empty, and nothing near is known to have traded: the same, but only so many times.
 *   <li>Away: again with backoff. Scans wait so long, the stream for ever.
 *   <li>Throttled: nothing is asked of the exchange before the time it gave.
 * </ol>
 */
final class AnswerDesk {

    private final ExchangeRules rules;
    private final ExchangeTables tables;
    private final ExchangeOutput output;
    private final GapDesk gaps;

    AnswerDesk(ExchangeRules rules, ExchangeTables tables, ExchangeOutput output, GapDesk gaps) {
        this.rules = rules;
        this.tables = tables;
        this.output = output;
        this.gaps = gaps;
    }

    void take(BackfillAnswer answer, long now) {
        OpenRequest request = tables.answered(answer.requestId());
        if (request == null) {
            return;
        }
        List<OpenSlots> asked = open(request, request.slots());
        if (answer.asked()) {
            countRequest(request.series().exchange(), gaps.runs(asked), now);
        }
        String reason = answer.reason() == null ? "no reason given" : answer.reason();
        switch (answer.status()) {
            case DONE -> done(request, answer, now);
            case THROTTLED -> throttled(request, asked, Objects.requireNonNull(answer.notBefore()), now);
            case UNAVAILABLE -> asked.forEach(open -> away(open, reason, now));
            case REFUSED -> gaps.settle(asked, Fate.GIVEN_UP, reason, now);
            case EXPIRED -> asked.forEach(open -> later(open, now));
        }
    }

    private void done(OpenRequest request, BackfillAnswer answer, long now) {
        gaps.settle(open(request, answer.filled()), Fate.FILLED, null, now);
        gaps.settle(open(request, answer.kept()), Fate.ARRIVED, null, now);
        gaps.settle(open(request, answer.trimmed()), Fate.ARRIVED, null, now);
        List<SlotRange> traded = new ArrayList<>(answer.filled());
        traded.addAll(answer.kept());
        List<OpenSlots> empty = open(request, answer.empty()).stream()
                .map(open -> near(open, traded))
                .toList();
        if (answer.sawTraded()) {
            proven(request.series(), empty, now);
        } else if (request.anchored()) {
            empty.forEach(open -> lacking(open, now));
        } else {
            empty.forEach(open -> unbelieved(open, now));
        }
        // What had not ended when the exchange was asked.
        long slotMs = Timeframe.parse(request.series().timeframe()).lengthMs();
        open(request, request.slots()).forEach(open -> later(open, now + slotMs));
    }

    private void proven(SeriesKey series, List<OpenSlots> empty, long now) {
        List<OpenSlots> verified = new ArrayList<>();
        for (OpenSlots open : empty) {
            Inquiry inquiry = open.inquiry().empty(now, rules.backfill());
            if (inquiry.emptyAnswers() >= rules.backfill().emptyAnswers()) {
                verified.add(open);
            } else {
                tables.slots.put(open.with(inquiry));
            }
        }
        if (!verified.isEmpty()) {
            List<SlotRange> slots = verified.stream().map(OpenSlots::range).toList();
            output.command(new SeriesCommand.VerifiedEmpty(series, slots), now);
            gaps.settle(verified, Fate.VERIFIED_EMPTY, null, now);
        }
    }

    private void lacking(OpenSlots open, long now) {
        OpenSlots waiting = open.with(open.inquiry().away(now, rules.backfill(), seed(open)));
        if (waiting.inquiry().isAwayFor(rules.backfill().unavailableAfter(), now)) {
            gaps.settle(List.of(open), Fate.GIVEN_UP, "the exchange's answers lack even " + seen(open), now);
        } else {
            tables.slots.put(waiting);
        }
    }

    private static String seen(OpenSlots open) {
        Long traded = open.inquiry().traded();
        Timeframe timeframe = Timeframe.parse(open.series().timeframe());
        return traded == null
                ? "candles that were seen"
                : "the candle of %s, which was seen".formatted(Instant.ofEpochMilli(timeframe.openTimeOf(traded)));
    }

    private void unbelieved(OpenSlots open, long now) {
        Inquiry inquiry = open.inquiry().unbelieved(now, rules.backfill(), seed(open));
        if (inquiry.unbelieved() >= rules.backfill().retry().attempts()) {
            String reason =
                    "the exchange has no candle, which is not believed: no slot known to have traded is near enough";
            gaps.settle(List.of(open), Fate.GIVEN_UP, reason, now);
        } else {
            tables.slots.put(open.with(inquiry));
        }
    }

    private void away(OpenSlots open, String reason, long now) {
        OpenSlots waiting = open.with(open.inquiry().away(now, rules.backfill(), seed(open)));
        if (waiting.inquiry().isAwayFor(rules.backfill().unavailableAfter(), now)) {
            gaps.giveUpForScans(waiting, reason, now);
        } else {
            tables.slots.put(waiting);
        }
    }

    private void throttled(OpenRequest request, List<OpenSlots> asked, Instant notBefore, long now) {
        tables.pause(request.series().exchange(), notBefore.toEpochMilli());
        asked.forEach(open -> later(open, now));
    }

    private void later(OpenSlots open, long time) {
        tables.slots.put(open.with(open.inquiry().after(time)));
    }

    /** What of a request is open in some ranges. */
    private List<OpenSlots> open(OpenRequest request, List<SlotRange> ranges) {
        return tables.slots.within(request.series(), ranges).stream()
                .filter(open -> request.id().equals(open.inquiry().request()))
                .toList();
    }

    private void countRequest(String exchange, List<String> runs, long now) {
        for (String run : runs) {
            output.event(
                    new RunEvent.Counted(run, exchange, Map.of(CandleCounters.REQUESTS_MADE, 1L), List.of()),
                    null,
                    now);
        }
    }

    /** The nearest slot that has traded as it turns out, where none was known. */
    private static OpenSlots near(OpenSlots open, List<SlotRange> traded) {
        @Nullable Long nearest = open.inquiry().traded();
        for (SlotRange range : traded) {
            nearest = nearer(open, nearest, range.last() < open.first() ? range.last() : range.first());
        }
        return nearest == null ? open : open.with(open.inquiry().tradedAt(nearest));
    }

    private static Long nearer(OpenSlots open, @Nullable Long one, long other) {
        return one == null || distance(open, other) < distance(open, one) ? Long.valueOf(other) : one;
    }

    private static long distance(OpenSlots open, long slot) {
        return slot < open.first() ? open.first() - slot : slot - open.last();
    }

    private static long seed(OpenSlots open) {
        return 31L * open.series().hashCode() + open.first();
    }
}
