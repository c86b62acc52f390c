package io.plumbline.reconciler.cases;

import io.plumbline.reconciler.cases.Standing.State;
import io.plumbline.topics.record.Drift;
import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.FieldDifference;
import io.plumbline.topics.record.Look;
import io.plumbline.topics.record.RepairOutcome;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.RunIds;
import io.plumbline.topics.record.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One transition of a case while it is being made: the verbs that the judges speak in. It lives for one input only. */
final class Move {

    /** A drift that nobody works on is looked at after this time, so that it goes away when somebody else ends it. */
    static final long RECHECK = Duration.ofHours(1).toMillis();

    private static final int MOST_DOUBLINGS = 5;

    private final EntityKey entity;
    private final CaseRules rules;
    private final Moment moment;
    private final List<Effect> effects = new ArrayList<>(2);
    private final Commands commands = new Commands(this);
    private @Nullable Case state;

    Move(EntityKey entity, CaseRules rules, @Nullable Case state, Moment moment) {
        this.entity = entity;
        this.rules = rules;
        this.state = state;
        this.moment = moment;
    }

    Step step() {
        return new Step(state, effects);
    }

    CaseRules rules() {
        return rules;
    }

    long now() {
        return moment.now();
    }

    /** The case; there must be one. */
    Case state() {
        return Objects.requireNonNull(state, "no case");
    }

    EntityKey entity() {
        return entity;
    }

    boolean hasCase() {
        return state != null;
    }

    /** No case, or one that nobody works on. */
    boolean isIdle() {
        return state == null || state.isResting();
    }

    @Nullable
    Standing standing() {
        return state == null ? null : state.standing();
    }

    /** What it can ask of those who reach the stores. */
    Commands commands() {
        return commands;
    }

    void send(Effect effect) {
        effects.add(effect);
    }

    void become(Case next) {
        state = next;
    }

    /** A new case in place of none or of a resting one. */
    void open(boolean fast, long due) {
        state = Case.open(moment.id(), fast, due, standing());
    }

    /** A new case because the source said at that time that it changed the entity. */
    void openFast(long changed) {
        open(true, changed + rules.grace());
        String run = RunIds.continuous(rules.dataset(), Instant.ofEpochMilli(changed));
        state = state().with(new Subscriber(run, rules.group(), Subscriber.NO_DEADLINE, false, false));
    }

    void waitUntil(long due) {
        state = state().to(new Phase.Waiting(), due);
    }

    void waitForGrace() {
        waitUntil(now() + rules.grace());
    }

    /** After a failed attempt, or while a store is away. */
    long afterPause(int attempt) {
        return now() + rules.backoff().after(attempt, entity.hashCode()).toMillis();
    }

    /** There was no look: the changes that it was to see are still unseen. */
    void missed() {
        if (state().phase() instanceof Phase.Checking missed && missed.covers() != 0) {
            state = state().withDirtySince(missed.covers());
        }
    }

    /** The look proves a drift: says so to all, and waits for a decision unless a repair was released before. */
    void confirm(Look look) {
        DriftClass drift = Objects.requireNonNull(look.drift());
        Case proven = state();
        Instant firstSeen = Instant.ofEpochMilli(proven.evidence().firstSeen());
        Standing before = proven.standing();
        String runId = proven.subscribers().isEmpty()
                ? proven.id()
                : proven.subscribers().get(0).runId();
        stand(new Standing(
                State.CONFIRMED,
                new Drift(
                        entity,
                        drift,
                        before == null ? firstSeen : before.drift().firstSeen(),
                        Instant.ofEpochMilli(now()),
                        runId,
                        State.CONFIRMED.text(),
                        look.differences(),
                        null),
                null));
        state = state().with(state().claim().confirmed(drift));
        awaitDecision();
        state().subscribers().forEach(this::tellConfirmed);
        if (state().claim().releasedBy() != null) {
            commands().repair();
        }
    }

    /** Until the latest deadline of those who decide; the coordinator of a continuous run decides at once. */
    void awaitDecision() {
        long ofRuns = state().deadline();
        long until = ofRuns == Subscriber.NO_DEADLINE ? now() + rules.runDeadline() : ofRuns;
        state = state().to(new Phase.Confirmed(), until + Commands.MARGIN);
    }

    /** Says that the case is confirmed to a run that has not been told. */
    void tellConfirmed(Subscriber subscriber) {
        Standing standing = standing();
        if (subscriber.told() || standing == null) {
            return;
        }
        Drift drift = standing.drift();
        tell(
                subscriber.group(),
                new RunEvent.CaseConfirmed(subscriber.runId(), entity, drift.drift(), drift.differences()));
        List<Subscriber> all = new ArrayList<>(state().subscribers());
        all.replaceAll(each -> each.equals(subscriber) ? each.whenTold() : each);
        state = state().withSubscribers(all);
    }

    /** Ends the case; where the entity waits in the outbox, its rows are marked first. */
    void end(Ending ending) {
        if (ending.concernsOutbox() && !state().evidence().pending().isEmpty()) {
            state = state().with(state().progress().untroubled());
            commands().mark(ending);
        } else {
            close(ending);
        }
    }

    /** Ends the case: each run that waits hears the one outcome, and what stands on {@code drifts} follows. */
    void close(Ending ending) {
        for (Subscriber subscriber : state().subscribers()) {
            tellClosed(subscriber, ending);
        }
        state = state().withSubscribers(List.of());
        standAfter(ending);
        settle();
    }

    /** The run's one outcome; a look that was equal is {@code transient} to whoever saw a difference before. */
    void tellClosed(Subscriber subscriber, Ending ending) {
        boolean sawDifference = subscriber.suspected() || state().evidence().hasSeenDifference();
        Verdict verdict = ending.verdict() == Verdict.MATCHED && sawDifference ? Verdict.TRANSIENT : ending.verdict();
        Standing standing = standing();
        List<FieldDifference> differences = !verdict.isDrift() || standing == null
                ? List.of()
                : standing.drift().differences();
        tell(
                subscriber.group(),
                new RunEvent.CaseClosed(
                        subscriber.runId(), entity, verdict, ending.outcome(), differences, ending.reason()));
    }

    void tell(String group, RunEvent event) {
        effects.add(new Effect.Tell(group, event));
    }

    private void standAfter(Ending ending) {
        Standing standing = standing();
        if (standing == null) {
            return;
        }
        RepairOutcome outcome = ending.outcome();
        if (outcome == null) {
            if (ending.verdict() != Verdict.SKIPPED) {
                standNoMore();
            } else if (standing.state().isWorkedOn()) {
                stand(State.FAILED, ending.reason());
            }
            return;
        }
        switch (outcome) {
            case REPAIRED, SUPERSEDED -> standNoMore();
            case FAILED -> stand(State.FAILED, ending.reason());
            case HELD -> stand(State.HELD, ending.reason());
            case REPORTED -> stand(State.REPORTED, ending.reason());
        }
    }

    void stand(State next, @Nullable String reason) {
        Standing standing = standing();
        if (standing != null && standing.state() != next) {
            stand(standing.to(next, reason));
        }
    }

    void stand(Standing standing) {
        effects.add(new Effect.Publish(standing.drift()));
        state = state().withStanding(standing);
    }

    void standNoMore() {
        effects.add(new Effect.Publish(null));
        state = state().withStanding(null);
    }

    /** Nobody waits any more: what was put off comes next, else the drift rests, else there is no case. */
    void settle() {
        Case settled = state();
        if (!settled.undos().isEmpty()) {
            UndoOrder next = settled.undos().get(0);
            state = settled.withUndos(settled.undos().subList(1, settled.undos().size()));
            commands().undo(next);
        } else if (settled.dirtySince() != 0) {
            openFast(settled.dirtySince());
        } else if (settled.standing() != null) {
            rest();
        } else {
            state = null;
        }
    }

    /** Looked at ever more seldom, spread over time, so that what nobody works on costs next to nothing. */
    void rest() {
        int looks = state().phase() instanceof Phase.Resting resting ? resting.looks() : 0;
        long spread = Math.floorMod(entity.hashCode(), RECHECK / 4);
        long pause = (RECHECK << Math.min(looks, MOST_DOUBLINGS)) - spread;
        state = state().to(new Phase.Resting(null, looks), now() + pause);
    }
}
