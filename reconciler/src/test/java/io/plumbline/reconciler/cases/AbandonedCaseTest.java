package io.plumbline.reconciler.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.RunEvent.CaseClosed;
import io.plumbline.topics.record.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class AbandonedCaseTest {

    @Test
    void shouldTellAllWhoWaitAndClearTheDriftWhenTheDatasetIsNoLongerConfigured() {
        CasePaths path = new CasePaths().confirmed("scan").suspected("other", Looks.of("a", "1", "x"));
        path.undo("undo").undo("later");

        Step step = CaseMachine.abandon(CasePaths.ENTITY, path.there());

        assertThat(step.state()).isNull();
        assertThat(step.effects()).last().isEqualTo(new Effect.Publish(null));
        List<RunEvent> told = step.effects().stream()
                .filter(Effect.Tell.class::isInstance)
                .map(effect -> ((Effect.Tell) effect).event())
                .toList();
        assertThat(told).extracting(RunEvent::runId).containsExactlyInAnyOrder("scan", "other", "undo", "later");
        assertThat(told).allSatisfy(event -> {
            assertThat(((CaseClosed) event).verdict()).isEqualTo(Verdict.SKIPPED);
            assertThat(((CaseClosed) event).reason()).contains("mails");
        });
    }
}
