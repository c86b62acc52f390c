package io.plumbline.runs;

import io.plumbline.runs.StateStore.Form;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a partition: those that go on with all their working state, and the ids of those known within the last
 * week, so that a request that comes twice runs once.
 */
final class Runs {

    static final Duration RETENTION = Duration.ofDays(7);
    private static final int CHUNK = 2_000;

    private static final Form<Run> RUN = new Form<>(Run.class);
    private static final Form<Tally> TALLY = new Form<>(Tally.class);
    private static final Form<Instant> INSTANT = new Form<>(Instant.class);

    private static final String RUNS = "run";
    private static final String TALLIES = "tally";
    private static final String KNOWN = "known";
    /** Where everything is kept that is deleted when a run ends. */
    static final String LIVE = "live";

    private static final int AT_HAND = 100;

    private final Jobs jobs;
    private final StateStore state;
    private final Timers timers;
    /** As they stand in the store: reading them anew for each record is what most of a record's time would go into. */
    private final Map<String, OpenRun> atHand = new HashMap<>();

    Runs(RunContext context) {
        jobs = context.jobs();
        state = context.state();
        timers = context.timers();
    }

    /** Whether a request is new; from now on it is not. */
    boolean isNew(String runId, Instant now) {
        String key = StateStore.key(KNOWN, runId);
        if (state.has(key)) {
            return false;
        }
        state.put(key, now, INSTANT);
        timers.set(now.plus(RETENTION), Timer.Kind.FORGET, runId);
        return true;
    }

    /** A run that goes on, or an ended continuous one; {@code null} where there is none or its subject is gone. */
    @Nullable
    OpenRun open(String runId) {
        OpenRun open = atHand.get(runId);
        if (open == null) {
            open = load(runId);
            if (open != null) {
                keepAtHand(open);
            }
        }
        return open;
    }

    private @Nullable OpenRun load(String runId) {
        Run run = stored(runId);
        Tally tally = state.get(StateStore.key(TALLIES, runId), TALLY);
        if (run == null || tally == null) {
            return null;
        }
        JobKind kind = jobs.kind(run.kind());
        RunSettings settings = jobs.settings(run.subject());
        return kind == null || settings == null ? null : new OpenRun(run, tally, kind, settings);
    }

    private void keepAtHand(OpenRun open) {
        if (atHand.size() >= AT_HAND) {
            atHand.clear();
        }
        atHand.put(open.id(), open);
    }

    /** A run that goes on although its job kind or subject may be gone. */
    @Nullable
    Run stored(String runId) {
        return state.get(StateStore.key(RUNS, runId), RUN);
    }

    void create(OpenRun open) {
        keepAtHand(open);
        state.put(StateStore.key(RUNS, open.id()), open.run(), RUN);
        state.put(StateStore.key(TALLIES, open.id()), open.tally, TALLY);
    }

    /** Whatever was opened is saved before the next record is processed. */
    void save(OpenRun open) {
        if (open.takeChanged()) {
            state.put(StateStore.key(RUNS, open.id()), open.run(), RUN);
        }
        state.put(StateStore.key(TALLIES, open.id()), open.tally, TALLY);
    }

    /** The run is over: what comes for it later finds nothing. */
    void remove(String runId) {
        atHand.remove(runId);
        state.delete(StateStore.key(RUNS, runId));
        state.delete(StateStore.key(TALLIES, runId));
        sweep(runId);
    }

    /** Deletes working state of a run that has ended, a part at a time. */
    void sweep(String runId) {
        if (state.deleteAll(CHUNK, LIVE, runId) == CHUNK) {
            timers.setNow(Timer.Kind.SWEEP, runId);
        }
    }

    /** Forgets an ended run, a part at a time; one that goes on is asked about again later. */
    void forget(String runId, Instant now) {
        Run run = stored(runId);
        if (run != null && run.endedAt() == null) {
            timers.set(now.plus(Duration.ofDays(1)), Timer.Kind.FORGET, runId);
            return;
        }
        remove(runId);
        state.delete(StateStore.key(KNOWN, runId));
        if (state.deleteAll(CHUNK, HeldEntities.HELD, runId) == CHUNK) {
            timers.setNow(Timer.Kind.FORGET, runId);
        }
    }
}
