package io.plumbline.topics.record;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a manual trigger is followed by: its request id and, where it came with one, its W3C trace context.
 *
 * @param tracestate as it came; {@code null} without a {@code traceparent}
 */
public record Trace(
        @Nullable String requestId,
        @Nullable String traceparent,
        @Nullable String tracestate) {

    private static final Pattern W3C =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final int LONGEST_STATE = 512;

    /** What a run's cause holds of it; {@code null} where that is nothing. */
    public static @Nullable Trace of(Cause cause) {
        return cause.requestId() == null && cause.traceparent() == null
                ? null
                : new Trace(cause.requestId(), cause.traceparent(), cause.tracestate());
    }

    /** Whether it is a {@code traceparent} as W3C's Trace Context, level 1, defines it. */
    public static boolean isTraceparent(String text) {
        return W3C.matcher(text).matches();
    }

    /** Whether it can be handed on as a {@code tracestate}: printable ASCII, no longer than all must be able to handle. */
    public static boolean isTracestate(String text) {
        return text.length() <= LONGEST_STATE && text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }
}
