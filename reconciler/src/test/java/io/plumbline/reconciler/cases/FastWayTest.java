package io.plumbline.reconciler.cases;

import static io.plumbline.reconciler.cases.CasePaths.CONTINUOUS;
import static io.plumbline.reconciler.cases.CasePaths.START;
import static io.plumbline.reconciler.cases.SimulatedCase.GRACE;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.record.AnswerStatus;
import io.plumbline.topics.record.CaseEvent.Decision;
import io.plumbline.topics.record.CheckAnswer;
import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.Look;
import io.plumbline.topics.record.OutboxRow;
import io.plumbline.topics.record.RepairAnswer.Result;
import io.plumbline.topics.record.RepairOutcome;
import io.plumbline.topics.record.RunEvent.CaseConfirmed;
import io.plumbline.topics.record.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class FastWayTest {

    private static final Look EQUAL = Looks.of("a", "1", "a");
    private static final Look DIFFERENT = Looks.of("a", "1", "x");

    private final CasePaths path = new CasePaths();

    @Test
    void shouldLookOnceAfterTheGraceOfTheFirstChangeWhenManyCome() {
        path.changed().at(500).changed().at(900).changed();

        assertThat(path.there().due()).isEqualTo(START + GRACE);
        path.due();
        assertThat(path.asked().fast()).isTrue();
        assertThat(path.check().failure()).isNull();
    }

    @Test
    void shouldCloseAsMatchedWithinTheHoursRunWhenBothSidesAreEqual() {
        path.changed().due().looked(EQUAL);

        assertThat(path.state).isNull();
        assertThat(path.closed().runId()).isEqualTo(CONTINUOUS);
        assertThat(path.closed().verdict()).isEqualTo(Verdict.MATCHED);
        assertThat(path.sent).hasSize(1);
    }

    @Test
    void shouldCloseAsTransientWhenTheSecondLookIsEqual() {
        path.changed().due().looked(DIFFERENT);
        assertThat(path.there().due()).isEqualTo(path.now + GRACE);

        path.due().looked(EQUAL);

        assertThat(path.closed().verdict()).isEqualTo(Verdict.TRANSIENT);
        assertThat(path.state).isNull();
    }

    @Test
    void shouldConfirmRepairAndForgetWhenTheSourceStoodStill() {
        path.changed().due().looked(DIFFERENT).due().looked(DIFFERENT);

        assertThat(path.told()).singleElement().isInstanceOf(CaseConfirmed.class);
        assertThat(path.published().drift()).satisfies(drift -> {
            assertThat(drift).isNotNull();
            assertThat(drift.drift()).isEqualTo(DriftClass.DIFFERENT);
            assertThat(drift.state()).isEqualTo("confirmed");
            assertThat(drift.runId()).isEqualTo(CONTINUOUS);
            assertThat(drift.firstSeen().toEpochMilli()).isEqualTo(START + GRACE);
            assertThat(drift.differences()).hasSize(1);
        });

        path.decided(CONTINUOUS, Decision.RELEASE);
        assertThat(path.repair().runId()).isEqualTo(CONTINUOUS);
        assertThat(path.repair().undoes()).isNull();

        path.repaired(Result.REPAIRED);
        assertThat(path.closed().repair()).isEqualTo(RepairOutcome.REPAIRED);
        assertThat(path.closed().verdict()).isEqualTo(Verdict.DIFFERENT);
        assertThat(path.closed().differences()).hasSize(1);
        assertThat(path.published().drift()).isNull();
        assertThat(path.state).isNull();
    }

    @Test
    void shouldOpenANewCaseWhenAChangeCameWhileItWasLookedAt() {
        path.changed().due().at(GRACE + 10).changed().at(GRACE + 20).changed();
        path.looked(EQUAL);

        assertThat(path.closed().verdict()).isEqualTo(Verdict.MATCHED);
        assertThat(path.there().due()).isEqualTo(START + GRACE + 10 + GRACE);
        assertThat(path.there().subscribers())
                .singleElement()
                .satisfies(who -> assertThat(who.runId()).isEqualTo(CONTINUOUS));
    }

    @Test
    void shouldNotLookTwiceWhenAChangeCameBeforeTheLastLook() {
        path.changed().due().looked(DIFFERENT).changed().due().looked(EQUAL);

        assertThat(path.state).isNull();
    }

    @Test
    void shouldLookAgainLaterWhenItIsUnstable() {
        path.changed().due().looked(Looks.of("a", "1", "x"));
        path.due().looked(Looks.of("b", "2", "x")).due().looked(Looks.of("c", "3", "x"));
        path.due().looked(Looks.of("d", "4", "x"));

        assertThat(path.closed().verdict()).isEqualTo(Verdict.UNSTABLE);
        assertThat(path.there().due()).isEqualTo(path.now + GRACE);
        assertThat(path.there().evidence()).isEqualTo(Evidence.NONE);
    }

    @Test
    void shouldCloseAsUnreadableWhenALookSaysSo() {
        path.changed().due().looked(Looks.unreadable("payload is not JSON"));

        assertThat(path.closed().verdict()).isEqualTo(Verdict.UNREADABLE);
        assertThat(path.closed().reason()).isEqualTo("payload is not JSON");
        assertThat(path.state).isNull();
    }

    @Test
    void shouldMarkTheOutboxRowsByOneMoreLookWhenItWasRepaired() {
        Look pending = Looks.of("a", "1", "x", List.of(new OutboxRow("o1", 0)));
        path.changed().due().looked(pending).due().looked(pending).decided(CONTINUOUS, Decision.RELEASE);

        path.repaired(Result.REPAIRED);
        assertThat(path.check().failure()).isNull();
        assertThat(path.told()).isEmpty();

        path.looked(EQUAL);
        assertThat(path.closed().repair()).isEqualTo(RepairOutcome.REPAIRED);
        assertThat(path.state).isNull();
    }

    @Test
    void shouldAskANewQuestionWhenThatLookShowsADifference() {
        Look pending = Looks.of("a", "1", "x", List.of(new OutboxRow("o1", 0)));
        path.changed().due().looked(pending).due().looked(pending).decided(CONTINUOUS, Decision.RELEASE);

        path.repaired(Result.REPAIRED).looked(Looks.of("b", "2", "a"));

        assertThat(path.closed().repair()).isEqualTo(RepairOutcome.REPAIRED);
        assertThat(path.there().due()).isEqualTo(path.now + GRACE);
    }

    @Test
    void shouldMarkTheOutboxRowsWithTheReasonWhenItFails() {
        Look pending = Looks.of("a", "1", "x", List.of(new OutboxRow("o1", 2)));
        path.changed().due().looked(pending).due().looked(pending).decided(CONTINUOUS, Decision.RELEASE);
        path.repaired(Result.FAILED, "no").due().repaired(Result.FAILED, "no").due();

        path.repaired(Result.FAILED, "refused");
        assertThat(path.check().failure()).isEqualTo("refused");
        assertThat(path.check().rows()).containsExactly(new OutboxRow("o1", 2));
        assertThat(path.told()).isEmpty();

        path.answered(AnswerStatus.DONE, null, null);
        assertThat(path.closed().repair()).isEqualTo(RepairOutcome.FAILED);
        assertThat(path.closed().reason()).isEqualTo("refused");
        assertThat(path.published().drift()).satisfies(drift -> {
            assertThat(drift).isNotNull();
            assertThat(drift.state()).isEqualTo("failed");
        });
    }

    @Test
    void shouldIgnoreAnAnswerWhenItIsToAnotherCommand() {
        path.changed().due();
        Case before = path.there();

        path.input(new CaseInput.Looked(new CheckAnswer(CasePaths.ENTITY, "other", AnswerStatus.DONE, EQUAL, null)));

        assertThat(path.state).isEqualTo(before);
        assertThat(path.sent).isEmpty();
    }
}
