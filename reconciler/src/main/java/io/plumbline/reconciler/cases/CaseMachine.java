package io.plumbline.reconciler.cases;

import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The life of a case, as a pure function: the case as it is, what happens and when, give the case as it is then and what
 * is sent. {@code docs/cases.md} draws it.
 */
final class CaseMachine {

    private final CaseRules rules;

    CaseMachine(CaseRules rules) {
        this.rules = rules;
    }

    /** @param state the entity's case; {@code null} where it has none */
    Step step(EntityKey entity, @Nullable Case state, CaseInput input, Moment moment) {
        Move move = new Move(entity, rules, state, moment);
        switch (input) {
            case CaseInput.Happened happened -> EventIntake.take(move, happened.event(), moment.recorded());
            case CaseInput.Looked looked -> LookJudge.judge(move, looked.answer());
            case CaseInput.Repaired repaired -> RepairJudge.judge(move, repaired.answer());
            case CaseInput.Due due -> Alarm.ring(move);
        }
        return move.step();
    }

    /** Ends a case whose dataset is no longer configured: nobody can look at it any more. */
    static Step abandon(EntityKey entity, Case state) {
        String reason = "dataset '" + entity.dataset() + "' is no longer configured";
        List<Effect> effects = new ArrayList<>();
        for (Subscriber subscriber : state.subscribers()) {
            effects.add(closed(entity, subscriber.runId(), subscriber.group(), reason));
        }
        for (UndoOrder order : state.undos()) {
            effects.add(closed(entity, order.runId(), order.group(), reason));
        }
        if (state.phase() instanceof Phase.Undoing undoing) {
            effects.add(closed(entity, undoing.order().runId(), undoing.order().group(), reason));
        }
        if (state.standing() != null) {
            effects.add(new Effect.Publish(null));
        }
        return new Step(null, effects);
    }

    private static Effect closed(EntityKey entity, String runId, String group, String reason) {
        return new Effect.Tell(group, new RunEvent.CaseClosed(runId, entity, Verdict.SKIPPED, null, List.of(), reason));
    }
}
