package io.plumbline.topics.record;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a run exists.
 *
 * @param schedule the schedule of the tick, for {@code TICK}
 * @param nominal the tick's nominal instant, for {@code TICK}
 * @param requestId the trigger's request id, for {@code MANUAL} and for the runs after it
 * @param who who triggered it, for {@code MANUAL}
 * @param afterRun the run it follows, for {@code AFTER}; the held run for an approval, the undone run for an undo
 * @param traceparent the trigger's W3C trace context, where it came with one; also for the runs after it
 * @param tracestate the rest of that trace context
 */
public record Cause(
        Kind kind,
        @Nullable String schedule,
        @Nullable Instant nominal,
        @Nullable String requestId,
        @Nullable String who,
        @Nullable String afterRun,
        @Nullable String traceparent,
        @Nullable String tracestate) {

    /** A cause that nobody traces. */
    public Cause(
            Kind kind,
            @Nullable String schedule,
            @Nullable Instant nominal,
            @Nullable String requestId,
            @Nullable String who,
            @Nullable String afterRun) {
        this(kind, schedule, nominal, requestId, who, afterRun, null, null);
    }

    /** What started it; {@code CONTINUOUS} is the hour's run of what the streams find between scheduled runs. */
    public enum Kind {
        TICK,
        MANUAL,
        AFTER,
        CONTINUOUS
    }
}
