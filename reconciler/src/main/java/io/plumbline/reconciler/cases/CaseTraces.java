package io.plumbline.reconciler.cases;

import io.plumbline.topics.record.CaseEvent;
import io.plumbline.topics.record.Trace;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whose trace goes with what a transition sends: that of the run it is about; with a look, which is of all runs that
 * wait, that of the first of them by id.
 */
final class CaseTraces {

    private final Map<String, Trace> byRun = new TreeMap<>();

    /** @param asked the trace of the event that is taken in; {@code null} where there is none */
    CaseTraces(@Nullable Case before, CaseInput input, @Nullable Trace asked) {
        if (before != null) {
            byRun.putAll(before.traces());
        }
        String run = run(input);
        if (run != null && asked != null) {
            byRun.put(run, asked);
        }
    }

    /** The case with the trace of a run that has just come to wait for it. */
    Case remember(Case after, CaseInput input) {
        String run = run(input);
        Trace trace = run == null ? null : byRun.get(run);
        if (run == null || trace == null || after.traces().containsKey(run)) {
            return after;
        }
        // A run that was answered at once does not wait: a case that rests would gather them.
        boolean waits =
                input instanceof CaseInput.Happened happened && happened.event() instanceof CaseEvent.UndoRequested;
        return waits || after.subscriber(run) != null ? after.traced(run, trace) : after;
    }

    @Nullable
    Trace of(Effect effect) {
        return switch (effect) {
            case Effect.Ask ask -> byRun.values().stream().findFirst().orElse(null);
            case Effect.Repair repair -> byRun.get(repair.command().runId());
            case Effect.Publish publish ->
                publish.drift() == null ? null : byRun.get(publish.drift().runId());
            case Effect.Tell tell -> byRun.get(tell.event().runId());
        };
    }

    private static @Nullable String run(CaseInput input) {
        if (!(input instanceof CaseInput.Happened happened)) {
            return null;
        }
        return switch (happened.event()) {
            case CaseEvent.Suspected suspected -> suspected.runId();
            case CaseEvent.UndoRequested requested -> requested.runId();
            case CaseEvent.Changed changed -> null;
            case CaseEvent.Decided decided -> null;
        };
    }
}
