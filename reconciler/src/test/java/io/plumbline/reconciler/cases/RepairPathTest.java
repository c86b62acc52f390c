package io.plumbline.reconciler.cases;

import static io.plumbline.reconciler.cases.CasePaths.DEADLINE;
import static io.plumbline.reconciler.cases.CasePaths.START;
import static io.plumbline.reconciler.cases.SimulatedCase.GRACE;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.record.CaseEvent.Decision;
import io.plumbline.topics.record.Look;
import io.plumbline.topics.record.RepairAnswer.Result;
import io.plumbline.topics.record.RepairOutcome;
import io.plumbline.topics.record.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepairPathTest {

    private static final Look DIFFERENT = Looks.of("a", "1", "x");

    private final CasePaths path = new CasePaths();

    @BeforeEach
    void release() {
        path.confirmed("scan").decided("scan", Decision.RELEASE);
    }

    @Test
    void shouldSayThatItIsBeingRepaired() {
        assertThat(path.published().drift())
                .isNotNull()
                .satisfies(drift -> assertThat(drift.state()).isEqualTo("repairing"));
        assertThat(path.repair().deadline()).isEqualTo(DEADLINE);
    }

    @Test
    void shouldCloseAsSupersededWhenSomebodyElseWasFaster() {
        path.repaired(Result.SUPERSEDED);

        assertThat(path.closed().repair()).isEqualTo(RepairOutcome.SUPERSEDED);
        assertThat(path.published().drift()).isNull();
        assertThat(path.state).isNull();
    }

    @Test
    void shouldProveItAgainAndRepairWithoutAskingWhenTheTargetWasContested() {
        String first = path.repairId();
        path.repaired(Result.CONTESTED);
        assertThat(path.there().due()).isEqualTo(path.now + GRACE);

        path.due().looked(DIFFERENT).due().looked(DIFFERENT);

        assertThat(path.repair().repairId()).isNotEqualTo(first);
        assertThat(path.told()).isEmpty();
    }

    @Test
    void shouldCloseAsTheClassConfirmedFirstWhenItIsEqualAfterAContestedRepair() {
        path.repaired(Result.MISMATCHED).due().looked(Looks.of("a", "1", "a"));

        assertThat(path.closed().verdict()).isEqualTo(Verdict.DIFFERENT);
        assertThat(path.closed().repair()).isEqualTo(RepairOutcome.SUPERSEDED);
        assertThat(path.published().drift()).isNull();
    }

    @Test
    void shouldLeaveItAloneWhenItIsContestedTooOften() {
        for (int i = 0; i < 3; i++) {
            path.repaired(Result.CONTESTED).due().looked(DIFFERENT).due().looked(DIFFERENT);
        }

        path.repaired(Result.CONTESTED);

        assertThat(path.closed().verdict()).isEqualTo(Verdict.UNSTABLE);
        assertThat(path.state).isNull();
    }

    @Test
    void shouldReportWhenThePolicyDoesNotAllowIt() {
        path.repaired(Result.NOT_ALLOWED, "extras are reported");

        assertThat(path.closed().repair()).isEqualTo(RepairOutcome.REPORTED);
        assertThat(path.closed().reason()).isEqualTo("extras are reported");
        path.phase(Phase.Resting.class);
    }

    @Test
    void shouldCloseAsUnreadableWhenTheRepairerCannotReadASide() {
        path.repaired(Result.UNREADABLE, "not JSON");

        assertThat(path.closed().verdict()).isEqualTo(Verdict.UNREADABLE);
        assertThat(path.state).isNull();
    }

    @Test
    void shouldTryAgainUnderANewIdWhenAnAttemptFailed() {
        String first = path.repairId();

        path.repaired(Result.FAILED, "no").due();

        assertThat(path.repair().repairId()).isNotEqualTo(first);
        path.repaired(Result.FAILED, "no").due().repaired(Result.FAILED, "still no");
        assertThat(path.closed().repair()).isEqualTo(RepairOutcome.FAILED);
        assertThat(path.closed().reason()).isEqualTo("still no");
        assertThat(path.published().drift())
                .isNotNull()
                .satisfies(drift -> assertThat(drift.reason()).isEqualTo("still no"));
    }

    @Test
    void shouldAskAgainUnderTheSameIdWhenAStoreIsAway() {
        String first = path.repairId();
        long asked = path.now;

        path.repaired(Result.UNAVAILABLE, "MongoDB is away");
        assertThat(path.there().due()).isGreaterThan(asked);
        path.due();
        assertThat(path.repair().repairId()).isEqualTo(first);

        while (path.state != null && path.there().phase() instanceof Phase.Repairing) {
            path.repaired(Result.UNAVAILABLE, "MongoDB is away");
            if (path.there().phase() instanceof Phase.Repairing) {
                path.due();
            }
        }
        assertThat(path.now - asked).isEqualTo(SimulatedCase.RULES.unavailableAfter());
        assertThat(path.closed().repair()).isEqualTo(RepairOutcome.FAILED);
        assertThat(path.closed().reason()).isEqualTo("MongoDB is away");
    }

    @Test
    void shouldFailWhenItExpiredAtTheDeadline() {
        path.at(DEADLINE.toEpochMilli() - START).repaired(Result.EXPIRED);

        assertThat(path.closed().repair()).isEqualTo(RepairOutcome.FAILED);
        assertThat(path.closed().reason()).isEqualTo("deadline");
    }

    @Test
    void shouldFailWhenTheAnswerIsLostAndTheDeadlineIsOver() {
        path.due();

        assertThat(path.closed().repair()).isEqualTo(RepairOutcome.FAILED);
        path.phase(Phase.Resting.class);
    }

    @Test
    void shouldGoOnRepairingWhenAnotherRunHolds() {
        path.suspected("other", DIFFERENT).decided("other", Decision.HOLD);
        assertThat(path.closed().runId()).isEqualTo("other");
        assertThat(path.closed().repair()).isEqualTo(RepairOutcome.HELD);

        path.repaired(Result.REPAIRED);

        assertThat(path.closed().runId()).isEqualTo("scan");
    }

    @Test
    void shouldLookAgainAfterTheRepairWhenTheSourceChangedMeanwhile() {
        path.changed().at(path.now - START + 50).repaired(Result.REPAIRED);

        assertThat(path.closed().repair()).isEqualTo(RepairOutcome.REPAIRED);
        assertThat(path.there().fast()).isTrue();
        assertThat(path.there().due()).isEqualTo(path.now - 50 + GRACE);
    }
}
