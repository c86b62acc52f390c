package io.plumbline.runs;

import io.plumbline.runs.StateStore.Entry;
import io.plumbline.topics.record.CaseEvent;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.RepairOutcome;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.Suspect;
import io.plumbline.topics.record.WorkAnswer.UndoableRepair;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Follows the cases of a run from suspicion to their one outcome.
 *
 * <ol>
 *   <li>Every suspect is made known to its entity's case, once per run.
 *   <li>It is confirmed as drift, or closed.
 *   <li>When the work is complete and none is undecided between the two, the breaker is asked, and every confirmed case
 *       is decided, a part at a time.
 *   <li>A case that was decided and is confirmed again (its repair was contested) is decided likewise.
 * </ol>
 */
final class CaseDesk {

    private static final int CHUNK = 1_000;

    private final OpenCases cases;
    private final HeldEntities held;
    private final Findings findings;
    private final Timers timers;
    private final RunOutput output;

    CaseDesk(RunContext context) {
        cases = new OpenCases(context.state());
        held = new HeldEntities(context.state());
        findings = new Findings(context.state());
        timers = context.timers();
        output = context.output();
    }

    void suspect(OpenRun open, Suspect suspect, Instant now) {
        boolean counted = suspect.look() != null;
        if (cases.get(open, suspect.entity()) != null) {
            // Found by two segments: it is one entity of the run.
            open.tally.count(open.kind.namedCounter(), counted ? -1 : 0);
            return;
        }
        Run run = open.run();
        RunEvent.CaseSettled settled = open.kind.settledAtOnce(run.request(), suspect);
        if (settled != null) {
            open.tally.count(open.kind.namedCounter(), counted ? 0 : 1);
            count(open, settled);
            return;
        }
        open(open, suspect.entity(), counted);
        output.caseEvent(
                new CaseEvent.Suspected(
                        suspect.entity(),
                        run.id(),
                        run.group(),
                        suspect.look(),
                        deadline(run),
                        run.request().approve() != null),
                run.request().cause(),
                now);
    }

    void undo(OpenRun open, UndoableRepair repair, Instant now) {
        CaseState known = cases.get(open, repair.entity());
        open(open, repair.entity(), false);
        if (known != null) {
            cases.put(open, repair.entity(), known.withOutcomes(known.outcomes() + 1));
        }
        Run run = open.run();
        output.caseEvent(
                new CaseEvent.UndoRequested(repair.entity(), run.id(), run.group(), repair.repairId(), deadline(run)),
                run.request().cause(),
                now);
    }

    /** A drift of a run that decides when it knows all of them. */
    void confirmed(OpenRun open, RunEvent.CaseConfirmed confirmed, Instant now) {
        CaseState known = cases.get(open, confirmed.entity());
        if (known == null) {
            return;
        }
        if (known.isDecided()) {
            decide(open, confirmed.entity(), CaseState.confirmed(confirmed.drift()), now);
            return;
        }
        if (known.drift() == null) {
            open.tally.suspected--;
            open.tally.confirmed++;
        } else if (rule(open).allowsRepair(known.drift())) {
            open.tally.repairable--;
        }
        if (rule(open).allowsRepair(confirmed.drift())) {
            open.tally.repairable++;
        }
        cases.put(open, confirmed.entity(), CaseState.confirmed(confirmed.drift()));
    }

    /** Counts a case's outcome; whether it was open is {@code false} where it had been counted before. */
    boolean closed(OpenRun open, RunEvent.CaseClosed closed) {
        CaseState known = cases.get(open, closed.entity());
        if (known == null) {
            return false;
        }
        if (known.outcomes() > 1) {
            cases.put(open, closed.entity(), known.withOutcomes(known.outcomes() - 1));
        } else {
            cases.remove(open, closed.entity());
        }
        if (known.isDecided()) {
            open.tally.decided--;
        } else if (known.drift() == null) {
            open.tally.suspected--;
        } else {
            open.tally.confirmed--;
            if (rule(open).allowsRepair(known.drift())) {
                open.tally.repairable--;
            }
        }
        count(open, closed);
        return true;
    }

    /** Counts an outcome of a case that needs not have been open before. */
    void count(OpenRun open, RunEvent.CaseClosed closed) {
        open.kind.outcomeCounters(closed).forEach(counter -> open.tally.count(counter, 1));
        findings.outcome(open, closed);
        RepairOutcome outcome = closed.repair();
        String undone = open.run().request().undo();
        if (undone != null && outcome == RepairOutcome.REPAIRED) {
            // Parked: whoever approves the undone run or its undo means these.
            hold(open, closed.entity());
            held.add(undone, closed.entity());
        } else if (outcome == RepairOutcome.HELD) {
            hold(open, closed.entity());
        }
    }

    /** Counts the outcome of a case that needed no decision; one that is not open was counted before. */
    void settled(OpenRun open, RunEvent.CaseSettled settled) {
        if (cases.get(open, settled.entity()) == null) {
            return;
        }
        cases.remove(open, settled.entity());
        open.tally.suspected--;
        count(open, settled);
    }

    void count(OpenRun open, RunEvent.CaseSettled settled) {
        settled.counters().forEach(open.tally::count);
        if (settled.note() != null) {
            findings.note(open, settled.note());
        }
    }

    void count(OpenRun open, RunEvent.Counted counted) {
        counted.counters().forEach(open.tally::count);
        counted.unreadable().forEach(entry -> findings.unreadable(open, entry));
    }

    /** Goes on as far as possible; whether every case is closed. */
    boolean advance(OpenRun open, Instant now) {
        Tally tally = open.tally;
        if (!tally.workIsComplete() || tally.suspected > 0) {
            return false;
        }
        if (open.run().phase() == Run.Phase.COMPARING) {
            String hold = breaker(open);
            if (hold != null) {
                findings.note(open, hold);
            }
            open.become(open.run().deciding(hold));
            decideSome(open, now);
        }
        return tally.casesOpen() == 0;
    }

    /** Decides a part of what was confirmed. */
    void decideSome(OpenRun open, Instant now) {
        for (Entry<CaseState> waiting : cases.waiting(open, CHUNK)) {
            open.tally.confirmed--;
            open.tally.decided++;
            decide(open, EntityKey.parse(waiting.lastPart()), waiting.value(), now);
        }
        if (open.tally.confirmed > 0) {
            timers.setNow(Timer.Kind.DECIDE, open.id());
        }
    }

    private void decide(OpenRun open, EntityKey entity, CaseState confirmed, Instant now) {
        var drift = Objects.requireNonNull(confirmed.drift(), entity.text());
        var decision = rule(open).decide(drift, open.run().hold() != null);
        cases.put(open, entity, CaseState.decided(drift, decision));
        output.caseEvent(
                new CaseEvent.Decided(entity, open.id(), decision),
                open.run().request().cause(),
                now);
    }

    private static @Nullable String breaker(OpenRun open) {
        if (open.run().request().approve() != null || open.tally.repairable == 0) {
            return null;
        }
        return new Breaker(open.settings.repairs().breaker())
                .trips(open.tally.repairable, open.tally.ledger.count(open.kind.namedCounter()));
    }

    private void open(OpenRun open, EntityKey entity, boolean counted) {
        cases.put(open, entity, CaseState.SUSPECTED);
        open.tally.suspected++;
        open.tally.count(open.kind.namedCounter(), counted ? 0 : 1);
    }

    private void hold(OpenRun open, EntityKey entity) {
        held.add(open.id(), entity);
        open.tally.held++;
    }

    private static DecisionRule rule(OpenRun open) {
        return new DecisionRule(open.run().request(), open.settings.repairs());
    }

    private static Instant deadline(Run run) {
        return Objects.requireNonNull(run.deadline(), run.id());
    }
}
