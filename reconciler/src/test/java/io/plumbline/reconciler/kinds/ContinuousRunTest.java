package io.plumbline.reconciler.kinds;

import static io.plumbline.reconciler.kinds.RunsUnderTest.closed;
import static io.plumbline.reconciler.kinds.RunsUnderTest.confirmed;
import static io.plumbline.reconciler.kinds.RunsUnderTest.mail;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.record.CaseEvent;
import io.plumbline.topics.record.CaseEvent.Decision;
import io.plumbline.topics.record.Cause;
import io.plumbline.topics.record.RepairOutcome;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunStatus;
import io.plumbline.topics.record.Verdict;
import io.plumbline.topics.record.Work;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContinuousRunTest {

    private static final String RUN = "mails.continuous.2026-11-21T22";

    private final RunsUnderTest runs = new RunsUnderTest();

    @AfterEach
    void close() {
        runs.close();
    }

    @Test
    void shouldOpenWithItsFirstEventAndDecideAtOnce() {
        runs.event("mails", confirmed(RUN, mail(1)));

        assertThat(runs.caseEvents()).containsExactly(new CaseEvent.Decided(mail(1), RUN, Decision.RELEASE));
        Report report = runs.report(RUN);
        assertThat(report.status()).isEqualTo(RunStatus.RUNNING);
        assertThat(report.cause().kind()).isEqualTo(Cause.Kind.CONTINUOUS);
        assertThat(report.job()).isEqualTo("mails");
    }

    @Test
    void shouldEndWhenItsHourIsOverAndNoDriftIsOpen() {
        runs.event("mails", closed(RUN, mail(1), Verdict.MATCHED, null));
        runs.event("mails", confirmed(RUN, mail(2)));
        runs.pass(Duration.ofMinutes(62));
        assertThat(runs.ends()).isEmpty();
        runs.event("mails", closed(RUN, mail(2), Verdict.DIFFERENT, RepairOutcome.REPAIRED));
        runs.pass(Duration.ofSeconds(10));

        Report report = runs.report(RUN);
        assertThat(report.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(report.ledgerAddsUp()).isTrue();
        assertThat(report.counters())
                .containsEntry("checked", 2L)
                .containsEntry("matched", 1L)
                .containsEntry("repaired", 1L);
        assertThat(runs.ends()).hasSize(1);
        assertThat(runs.checkpoints()).isEmpty();
    }

    @Test
    void shouldOpenAgainWhenALateEventComes() {
        runs.event("mails", closed(RUN, mail(1), Verdict.MATCHED, null));
        runs.pass(Duration.ofMinutes(62));
        assertThat(runs.report(RUN).status()).isEqualTo(RunStatus.COMPLETED);

        runs.event("mails", confirmed(RUN, mail(2)));
        assertThat(runs.report(RUN).status()).isEqualTo(RunStatus.RUNNING);
        runs.event("mails", closed(RUN, mail(2), Verdict.DIFFERENT, RepairOutcome.REPAIRED));
        runs.pass(Duration.ofSeconds(10));

        Report report = runs.report(RUN);
        assertThat(report.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(report.counters()).containsEntry("checked", 2L);
        assertThat(runs.ends()).hasSize(1);
    }

    @Test
    void shouldHoldWhenTheWindowHasSeenMoreThanTheBreakerAllows() {
        for (int i = 1; i <= 8; i++) {
            runs.event("mails", confirmed(RUN, mail(i)));
        }
        assertThat(decisions())
                .containsExactly(
                        Decision.RELEASE,
                        Decision.RELEASE,
                        Decision.RELEASE,
                        Decision.RELEASE,
                        Decision.RELEASE,
                        Decision.HOLD,
                        Decision.HOLD,
                        Decision.HOLD);
        for (int i = 1; i <= 8; i++) {
            RepairOutcome outcome = i <= 5 ? RepairOutcome.REPAIRED : RepairOutcome.HELD;
            runs.event("mails", closed(RUN, mail(i), Verdict.DIFFERENT, outcome));
        }

        runs.pass(Duration.ofMinutes(11));
        runs.event("mails", confirmed(RUN, mail(9)));
        assertThat(decisions()).containsExactly(Decision.RELEASE);
        runs.event("mails", closed(RUN, mail(9), Verdict.DIFFERENT, RepairOutcome.REPAIRED));
        runs.pass(Duration.ofHours(1));
        Report report = runs.report(RUN);
        assertThat(report.status()).isEqualTo(RunStatus.HELD);
        assertThat(report.heldEntities()).isEqualTo(3);
        runs.trigger("{\"job\": \"mails\", \"requestId\": \"yes\", \"approve\": \"" + RUN + "\"}");
        assertThat(runs.onlyWork().work()).isEqualTo(new Work.CompareKeys(List.of(mail(6), mail(7), mail(8))));
    }

    @Test
    void shouldCountTheWindowAcrossTheHour() {
        for (int i = 1; i <= 5; i++) {
            runs.event("mails", confirmed(RUN, mail(i)));
        }
        decisions();
        runs.event("mails", confirmed("mails.continuous.2026-11-21T23", mail(6)));

        assertThat(decisions()).containsExactly(Decision.HOLD);
    }

    @Test
    void shouldDecideLikewiseWhenACaseIsConfirmedAgain() {
        runs.event("mails", confirmed(RUN, mail(1)));
        runs.event("mails", confirmed(RUN, mail(1)));
        runs.event("mails", closed(RUN, mail(1), Verdict.DIFFERENT, RepairOutcome.REPAIRED));
        runs.pass(Duration.ofHours(2));

        assertThat(decisions()).containsExactly(Decision.RELEASE, Decision.RELEASE);
        assertThat(runs.report(RUN).counters()).containsEntry("checked", 1L);
        assertThat(runs.report(RUN).ledgerAddsUp()).isTrue();
    }

    @Test
    void shouldNotStandInTheWayOfOtherRuns() {
        runs.event("mails", confirmed(RUN, mail(1)));
        runs.tick("mails-full", RunsUnderTest.START);

        assertThat(runs.work()).hasSize(1);
    }

    @Test
    void shouldIgnoreEventsOfRunsThatNobodyKnows() {
        runs.event("mails", confirmed("mails.some-run", mail(1)));
        runs.event("mails", confirmed("mails.continuous.yesterday", mail(1)));
        runs.event("invoices", confirmed(RUN, io.plumbline.topics.record.EntityKey.of("invoices", "1")));

        assertThat(runs.caseEvents()).isEmpty();
        assertThat(runs.reports()).isEmpty();
    }

    @Test
    void shouldBeForgottenAfterAWeek() {
        runs.event("mails", closed(RUN, mail(1), Verdict.MATCHED, null));
        runs.pass(Duration.ofHours(2));
        int ended = runs.stateSize();
        runs.pass(Duration.ofDays(8));

        assertThat(runs.stateSize()).isLessThan(ended);
    }

    private List<Decision> decisions() {
        return runs.caseEvents().stream()
                .map(event -> ((CaseEvent.Decided) event).decision())
                .toList();
    }
}
