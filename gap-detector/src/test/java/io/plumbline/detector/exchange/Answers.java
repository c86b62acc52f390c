package io.plumbline.detector.exchange;

import io.plumbline.topics.record.BackfillAnswer;
import io.plumbline.topics.record.BackfillAnswer.Status;
import io.plumbline.topics.record.BackfillCommand;
import io.plumbline.topics.record.SlotRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/** What a worker would answer to a request. */
final class Answers {

    private Answers() {}

    /** The exchange has a candle for every slot that has traded. */
    static BackfillAnswer of(BackfillCommand request, LongPredicate traded) {
        List<Long> filled = new ArrayList<>();
        List<Long> empty = new ArrayList<>();
        for (SlotRange range : request.slots()) {
            range.slots().forEach(slot -> (traded.test(slot) ? filled : empty).add(slot));
        }
        boolean sawTraded = request.traded().stream().anyMatch(traded::test);
        return done(request, SlotRange.of(filled), List.of(), SlotRange.of(empty), sawTraded);
    }

    /** The exchange answers without any candle, whatever it has. */
    static BackfillAnswer nothing(BackfillCommand request) {
        return done(request, List.of(), List.of(), request.slots(), false);
    }

    /** The cache has something everywhere. */
    static BackfillAnswer kept(BackfillCommand request) {
        return done(request, List.of(), request.slots(), List.of(), true);
    }

    static BackfillAnswer throttled(BackfillCommand request, Instant until) {
        return BackfillAnswer.without(request, Status.THROTTLED, true, until, "status 429");
    }

    static BackfillAnswer away(BackfillCommand request) {
        return BackfillAnswer.without(request, Status.UNAVAILABLE, true, null, "status 503");
    }

    static BackfillAnswer refused(BackfillCommand request) {
        return BackfillAnswer.without(request, Status.REFUSED, true, null, "status 404");
    }

    private static BackfillAnswer done(
            BackfillCommand request,
            List<SlotRange> filled,
            List<SlotRange> kept,
            List<SlotRange> empty,
            boolean sawTraded) {
        return new BackfillAnswer(
                request.requestId(),
                request.series(),
                Status.DONE,
                filled,
                kept,
                List.of(),
                empty,
                sawTraded,
                request.held().isEmpty(),
                null,
                null);
    }
}
