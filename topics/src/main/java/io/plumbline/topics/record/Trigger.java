package io.plumbline.topics.record;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person or a program asks for on {@code manual-trigger}. Only {@code job} is required; without a request id one
 * is made from the record's topic, partition and offset.
 *
 * @param full compare everything, extras too; {@code null} as the job says
 * @param window compare what changed within this time; {@code null} as the job says
 * @param keys compare these keys only, each as {@code part/part}; for candles {@code symbol} or {@code symbol/timeframe}, also
 *     beside a window
 * @param scope free text for narrower runs of later kinds, such as an account
 * @param dryRun report, repair nothing
 * @param whenBusy what to do while another run of the group goes on; queued by default
 * @param approve the run whose held (or, after an undo, parked) entities are to be looked at afresh and repaired
 * @param undo the run whose repairs are to be undone
 */
public record Trigger(
        String job,
        @Nullable Boolean full,
        @Nullable Duration window,
        @Nullable List<String> keys,
        @Nullable String scope,
        @Nullable Boolean dryRun,
        @Nullable String who,
        @Nullable String requestId,
        @Nullable WhenBusy whenBusy,
        @Nullable String approve,
        @Nullable String undo) {}
