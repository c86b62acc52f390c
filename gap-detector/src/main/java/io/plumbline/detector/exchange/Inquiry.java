package io.plumbline.detector.exchange;

import io.plumbline.runtime.Backoff;
import io.plumbline.topics.config.BackfillConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far asking for open slots is.
 *
 * @param notBefore when it goes on, in milliseconds since the epoch
 * @param request the request that is under way; {@code null} where none is
 * @param awaitsHeld whether the series was asked for held candles, and has not answered
 * @param traded the nearest slot that is known to have traded; {@code null} where none is known
 * @param emptyAnswers how many believed answers had no candle
 * @param unbelieved how many answers without a candle were not believed, for want of a slot that could prove them
 * @param away how often in a row nothing was proven: the exchange or the cache was away, or the exchange's answer lacked
 *     even what it is known to have
 * @param awaySince since when; {@code null} where {@code away} is 0
 */
record Inquiry(
        long notBefore,
        @Nullable String request,
        boolean awaitsHeld,
        @Nullable Long traded,
        int emptyAnswers,
        int unbelieved,
        int away,
        @Nullable Long awaySince) {

    static Inquiry due(long notBefore, @Nullable Long traded) {
        return new Inquiry(notBefore, null, false, traded, 0, 0, 0, null);
    }

    static Inquiry ofHeld() {
        return new Inquiry(Long.MAX_VALUE, null, true, null, 0, 0, 0, null);
    }

    boolean waits() {
        return request == null && !awaitsHeld;
    }

    Inquiry underWay(String newRequest) {
        return new Inquiry(notBefore, newRequest, false, traded, emptyAnswers, unbelieved, away, awaySince);
    }

    Inquiry after(long time) {
        return new Inquiry(time, null, false, traded, emptyAnswers, unbelieved, away, awaySince);
    }

    Inquiry tradedAt(long slot) {
        return new Inquiry(notBefore, request, awaitsHeld, slot, emptyAnswers, unbelieved, away, awaySince);
    }

    /** Something was proven: there is no candle now. */
    Inquiry empty(long now, BackfillConfig rules) {
        return new Inquiry(
                now + rules.emptyAgainAfter().toMillis(), null, false, traded, emptyAnswers + 1, unbelieved, 0, null);
    }

    Inquiry unbelieved(long now, BackfillConfig rules, long seed) {
        Duration pause = Backoff.of(rules.retry()).after(unbelieved + 1, seed);
        return new Inquiry(now + pause.toMillis(), null, false, traded, emptyAnswers, unbelieved + 1, 0, null);
    }

    Inquiry away(long now, BackfillConfig rules, long seed) {
        Duration pause = Backoff.of(rules.retry()).after(away + 1, seed);
        return new Inquiry(
                now + pause.toMillis(),
                null,
                false,
                traded,
                emptyAnswers,
                unbelieved,
                away + 1,
                awaySince == null ? Long.valueOf(now) : awaySince);
    }

    /** Whether nothing was proven for longer than is waited for. */
    boolean isAwayFor(Duration limit, long now) {
        return awaySince != null && now - awaySince >= limit.toMillis();
    }
}
