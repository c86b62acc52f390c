package io.plumbline.reconciler.cases;

import static io.plumbline.reconciler.cases.CasePaths.CONTINUOUS;
import static io.plumbline.reconciler.cases.CasePaths.DEADLINE;
import static io.plumbline.reconciler.cases.CasePaths.START;
import static io.plumbline.reconciler.cases.SimulatedCase.GRACE;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.record.CaseEvent.Decision;
import io.plumbline.topics.record.Look;
import io.plumbline.topics.record.RepairAnswer.Result;
import io.plumbline.topics.record.RepairOutcome;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.RunEvent.CaseClosed;
import io.plumbline.topics.record.RunEvent.CaseConfirmed;
import io.plumbline.topics.record.Verdict;
import org.junit.jupiter.api.Test;

class ScanCaseTest {

    private static final Look EQUAL = Looks.of("a", "1", "a");
    private static final Look DIFFERENT = Looks.of("a", "1", "x");

    private final CasePaths path = new CasePaths();

    @Test
    void shouldTakeTheScansLookAsTheFirst() {
        path.suspected("scan", DIFFERENT);
        assertThat(path.there().due()).isEqualTo(START + GRACE);

        path.due();
        assertThat(path.asked().fast()).isFalse();
        assertThat(path.check().deadline()).isEqualTo(DEADLINE);

        path.looked(DIFFERENT);
        assertThat(path.told()).singleElement().isInstanceOf(CaseConfirmed.class);
    }

    @Test
    void shouldCloseAsTransientWhenItsFirstOwnLookIsEqual() {
        path.suspected("scan", DIFFERENT).due().looked(EQUAL);

        assertThat(path.closed().verdict()).isEqualTo(Verdict.TRANSIENT);
    }

    @Test
    void shouldLookAtOnceWhenTheEntityIsOnlyNamed() {
        path.suspected("retry", null);
        assertThat(path.there().due()).isEqualTo(START);

        path.due().looked(EQUAL);
        assertThat(path.closed().verdict()).isEqualTo(Verdict.MATCHED);
    }

    @Test
    void shouldGiveEachSubscriberItsOwnOutcomeOfOneCase() {
        path.changed().suspected("scan", DIFFERENT);
        assertThat(path.there().due()).isEqualTo(START + GRACE);

        path.due().looked(EQUAL);

        assertThat(path.told()).extracting(RunEvent::runId).containsExactly(CONTINUOUS, "scan");
        assertThat(path.told())
                .extracting(event -> ((CaseClosed) event).verdict())
                .containsExactly(Verdict.MATCHED, Verdict.TRANSIENT);
    }

    @Test
    void shouldSubscribeOnceWhenARunSuspectsTwice() {
        path.suspected("scan", DIFFERENT).suspected("scan", DIFFERENT);

        assertThat(path.there().subscribers()).hasSize(1);
    }

    @Test
    void shouldTellAtOnceWhenARunJoinsAConfirmedCase() {
        path.confirmed("scan").suspected("other", DIFFERENT);

        assertThat(path.told())
                .singleElement()
                .isInstanceOf(CaseConfirmed.class)
                .extracting(RunEvent::runId)
                .isEqualTo("other");
        path.decided("other", Decision.RELEASE).repaired(Result.REPAIRED);
        assertThat(path.told()).extracting(RunEvent::runId).containsExactly("scan", "other");
    }

    @Test
    void shouldLetOneRunLeaveAndTheOtherRelease() {
        path.confirmed("held").suspected("released", DIFFERENT);

        path.decided("held", Decision.HOLD);
        assertThat(path.closed().repair()).isEqualTo(RepairOutcome.HELD);
        path.phase(Phase.Confirmed.class);

        path.decided("released", Decision.RELEASE).repaired(Result.REPAIRED);
        assertThat(path.closed().runId()).isEqualTo("released");
    }

    @Test
    void shouldRestWhenTheLastRunLeavesAndGoWhenSomebodyElseEndsTheDrift() {
        path.confirmed("scan").decided("scan", Decision.HOLD);
        assertThat(path.published().drift())
                .isNotNull()
                .satisfies(drift -> assertThat(drift.state()).isEqualTo("held"));
        path.phase(Phase.Resting.class);

        path.due();
        assertThat(path.asked().fast()).isFalse();
        long pause = path.now - START;
        path.looked(DIFFERENT);
        path.phase(Phase.Resting.class);
        path.due();
        assertThat(path.now - START).isGreaterThan(2 * pause);
        path.looked(EQUAL);
        assertThat(path.published().drift()).isNull();
        assertThat(path.state).isNull();
    }

    @Test
    void shouldLookAfreshWhenAnApprovalNamesAHeldEntity() {
        path.confirmed("scan").decided("scan", Decision.HOLD);
        long firstSeen = START;

        path.suspected("approve", DIFFERENT, true).due().looked(DIFFERENT);

        assertThat(path.published().drift()).isNotNull().satisfies(drift -> {
            assertThat(drift.state()).isEqualTo("confirmed");
            assertThat(drift.firstSeen().toEpochMilli()).isEqualTo(firstSeen);
        });
        path.decided("approve", Decision.RELEASE).repaired(Result.REPAIRED);
        assertThat(path.state).isNull();
    }

    @Test
    void shouldLeaveAReportedDriftStandingWhenTheNextCaseIsSkipped() {
        path.confirmed("scan").decided("scan", Decision.REPORT).suspected("late", DIFFERENT);
        path.at(DEADLINE.toEpochMilli() - START).input(new CaseInput.Due());

        assertThat(path.closed().verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(path.closed().reason()).isEqualTo("deadline");
        path.phase(Phase.Resting.class);
    }

    @Test
    void shouldReportWhenNobodyDecides() {
        path.confirmed("scan").due();

        assertThat(path.now).isGreaterThan(DEADLINE.toEpochMilli());
        assertThat(path.closed().repair()).isEqualTo(RepairOutcome.REPORTED);
        path.phase(Phase.Resting.class);
    }

    @Test
    void shouldBeLookedAtTheFastWayWhenItsSourceChangesWhileItWaits() {
        path.suspected("scan", DIFFERENT).at(100).changed();
        assertThat(path.there().due()).isEqualTo(START + GRACE);

        path.due();
        assertThat(path.asked().fast()).isTrue();
    }

    @Test
    void shouldIgnoreADecisionWhenItsRunDoesNotWait() {
        path.confirmed("scan");
        Case before = path.there();

        path.decided("stranger", Decision.RELEASE);

        assertThat(path.state).isEqualTo(before);
    }
}
