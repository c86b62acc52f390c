package io.plumbline.reconciler.cases;

import io.plumbline.topics.record.Trace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one open question about an entity, immutable. Times are in milliseconds since the epoch.
 *
 * @param id unique among the entity's cases, ever: command ids are made of it
 * @param fast its looks are asked for on the fast way's topic
 * @param due when something is done if nothing arrives before
 * @param standing what is on {@code drifts}; {@code null} for nothing
 * @param dirtySince when the first change arrived that no look has seen; 0 for none
 * @param undos what is still to be undone
 * @param traces of the runs that were asked for by somebody who follows them, by run id
 */
record Case(
        String id,
        boolean fast,
        Phase phase,
        long due,
        Evidence evidence,
        Progress progress,
        Claim claim,
        @Nullable Standing standing,
        long dirtySince,
        List<Subscriber> subscribers,
        List<UndoOrder> undos,
        Map<String, Trace> traces) {

    static Case open(String id, boolean fast, long due, @Nullable Standing standing) {
        return new Case(
                id,
                fast,
                new Phase.Waiting(),
                due,
                Evidence.NONE,
                Progress.NONE,
                Claim.NONE,
                standing,
                0,
                List.of(),
                List.of(),
                Map.of());
    }

    boolean isResting() {
        return phase instanceof Phase.Resting;
    }

    @Nullable
    Subscriber subscriber(String runId) {
        for (Subscriber subscriber : subscribers) {
            if (subscriber.runId().equals(runId)) {
                return subscriber;
            }
        }
        return null;
    }

    /** The latest deadline of the runs that wait; none where nobody waits or one of them has none. */
    long deadline() {
        return subscribers.stream().mapToLong(Subscriber::deadline).max().orElse(Subscriber.NO_DEADLINE);
    }

    Case to(Phase next, long nextDue) {
        return new Case(
                id, fast, next, nextDue, evidence, progress, claim, standing, dirtySince, subscribers, undos, traces);
    }

    Case with(Evidence next) {
        return new Case(id, fast, phase, due, next, progress, claim, standing, dirtySince, subscribers, undos, traces);
    }

    Case with(Progress next) {
        return new Case(id, fast, phase, due, evidence, next, claim, standing, dirtySince, subscribers, undos, traces);
    }

    Case with(Claim next) {
        return new Case(
                id, fast, phase, due, evidence, progress, next, standing, dirtySince, subscribers, undos, traces);
    }

    Case withStanding(@Nullable Standing next) {
        return new Case(id, fast, phase, due, evidence, progress, claim, next, dirtySince, subscribers, undos, traces);
    }

    Case withSubscribers(List<Subscriber> next) {
        List<Subscriber> all = List.copyOf(next);
        return new Case(id, fast, phase, due, evidence, progress, claim, standing, dirtySince, all, undos, traces);
    }

    Case with(Subscriber joining) {
        List<Subscriber> all = new ArrayList<>(subscribers);
        all.add(joining);
        return withSubscribers(all);
    }

    Case without(Subscriber leaving) {
        List<Subscriber> rest = new ArrayList<>(subscribers);
        rest.remove(leaving);
        return withSubscribers(rest);
    }

    Case withUndos(List<UndoOrder> next) {
        List<UndoOrder> all = List.copyOf(next);
        return new Case(
                id, fast, phase, due, evidence, progress, claim, standing, dirtySince, subscribers, all, traces);
    }

    /** What a run is followed by, whose id is the given one. */
    Case traced(String runId, Trace trace) {
        Map<String, Trace> all = new HashMap<>(traces);
        all.put(runId, trace);
        return new Case(
                id,
                fast,
                phase,
                due,
                evidence,
                progress,
                claim,
                standing,
                dirtySince,
                subscribers,
                undos,
                Map.copyOf(all));
    }

    /** The source changed; only the first change that no look has seen is kept. */
    Case dirty(long since) {
        long first = dirtySince == 0 ? since : dirtySince;
        return new Case(id, fast, phase, due, evidence, progress, claim, standing, first, subscribers, undos, traces);
    }

    /** With the changes that no look has seen put anew; 0 for none. */
    Case withDirtySince(long since) {
        return new Case(id, fast, phase, due, evidence, progress, claim, standing, since, subscribers, undos, traces);
    }

    Case hurried() {
        return new Case(
                id, true, phase, due, evidence, progress, claim, standing, dirtySince, subscribers, undos, traces);
    }
}
