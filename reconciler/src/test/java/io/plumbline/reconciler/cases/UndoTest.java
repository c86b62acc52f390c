package io.plumbline.reconciler.cases;

import static io.plumbline.reconciler.cases.SimulatedCase.GRACE;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.record.CaseEvent.Decision;
import io.plumbline.topics.record.Look;
import io.plumbline.topics.record.RepairAnswer.Result;
import io.plumbline.topics.record.RepairOutcome;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.Verdict;
import org.junit.jupiter.api.Test;

class UndoTest {

    private static final Look PARKED = Looks.of("a", "1", "x");

    private final CasePaths path = new CasePaths();

    @Test
    void shouldUndoAtOnceAndPark() {
        path.undo("undo");
        assertThat(path.repair().undoes()).isEqualTo("repair-1");
        assertThat(path.repair().runId()).isEqualTo("undo");

        path.repaired(Result.REPAIRED);

        assertThat(path.closed().repair()).isEqualTo(RepairOutcome.REPAIRED);
        assertThat(path.published().drift())
                .isNotNull()
                .satisfies(drift -> assertThat(drift.state()).isEqualTo("parked"));
        path.phase(Phase.Resting.class);
    }

    @Test
    void shouldSkipAParkedEntityWhenAScanSuspectsIt() {
        path.undo("undo").repaired(Result.REPAIRED).suspected("scan", PARKED);

        assertThat(path.closed().verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(path.closed().reason()).isEqualTo("parked by an undo");
        path.phase(Phase.Resting.class);
    }

    @Test
    void shouldUnparkWhenTheSourceHasOtherContent() {
        path.undo("undo").repaired(Result.REPAIRED).suspected("scan", Looks.of("b", "2", "x"));

        path.phase(Phase.Waiting.class);
    }

    @Test
    void shouldUnparkWhenTheSourceSaysThatItChanged() {
        path.undo("undo").repaired(Result.REPAIRED).changed();

        path.phase(Phase.Waiting.class);
        assertThat(path.there().due()).isEqualTo(path.now + GRACE);
    }

    @Test
    void shouldUnparkWhenARunReleasesIt() {
        path.undo("undo").repaired(Result.REPAIRED).suspected("approve", PARKED, true);
        path.due().looked(PARKED).decided("approve", Decision.RELEASE).repaired(Result.REPAIRED);

        assertThat(path.published().drift()).isNull();
        assertThat(path.state).isNull();
    }

    @Test
    void shouldStayParkedWhenItIsLookedAtAndStillDifferent() {
        path.undo("undo").repaired(Result.REPAIRED).due().looked(PARKED).suspected("scan", PARKED);

        assertThat(path.closed().verdict()).isEqualTo(Verdict.SKIPPED);
    }

    @Test
    void shouldNotGoOverANewerValue() {
        path.undo("undo").repaired(Result.SUPERSEDED);

        assertThat(path.closed().verdict()).isEqualTo(Verdict.DIFFERENT);
        assertThat(path.closed().repair()).isEqualTo(RepairOutcome.SUPERSEDED);
        assertThat(path.state).isNull();
    }

    @Test
    void shouldEndTheOpenQuestionWhenAnUndoComesFirst() {
        path.confirmed("scan").undo("undo").repaired(Result.REPAIRED);

        assertThat(path.told()).extracting(RunEvent::runId).containsExactly("undo", "scan");
        path.phase(Phase.Resting.class);
    }

    @Test
    void shouldAskAgainWhenTheUndoDidNotSucceed() {
        path.confirmed("scan").undo("undo").repaired(Result.SUPERSEDED);
        assertThat(path.closed().runId()).isEqualTo("undo");

        path.due().looked(PARKED).due().looked(PARKED);
        path.phase(Phase.Confirmed.class);
        assertThat(path.told()).isEmpty();
    }

    @Test
    void shouldWaitForARepairThatGoesOn() {
        path.confirmed("scan").decided("scan", Decision.RELEASE).undo("undo");
        assertThat(path.sent).isEmpty();

        path.repaired(Result.REPAIRED);

        assertThat(path.closed().runId()).isEqualTo("scan");
        assertThat(path.repair().undoes()).isEqualTo("repair-1");
    }

    @Test
    void shouldFailWhenItCouldNotBeUndoneByTheDeadline() {
        path.undo("undo").due();

        assertThat(path.closed().repair()).isEqualTo(RepairOutcome.FAILED);
        assertThat(path.state).isNull();
    }
}
