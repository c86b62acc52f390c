package io.plumbline.reconciler.kinds;

import static io.plumbline.reconciler.kinds.RunsUnderTest.START;
import static io.plumbline.reconciler.kinds.RunsUnderTest.closed;
import static io.plumbline.reconciler.kinds.RunsUnderTest.compared;
import static io.plumbline.reconciler.kinds.RunsUnderTest.confirmed;
import static io.plumbline.reconciler.kinds.RunsUnderTest.mail;
import static io.plumbline.reconciler.kinds.RunsUnderTest.planned;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.record.CaseEvent;
import io.plumbline.topics.record.CaseEvent.Decision;
import io.plumbline.topics.record.Cause;
import io.plumbline.topics.record.Checkpoint;
import io.plumbline.topics.record.RepairOutcome;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunStatus;
import io.plumbline.topics.record.Scope;
import io.plumbline.topics.record.Verdict;
import io.plumbline.topics.record.Work;
import io.plumbline.topics.record.WorkAnswer;
import io.plumbline.topics.record.WorkCommand;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunTopologyTest {

    private static final String RUN = "mails-full.2026-11-21T22:00:00Z";
    private static final Work RANGE_1 = new Work.CompareRange(null, "m");
    private static final Work RANGE_2 = new Work.CompareRange("m", null);

    private final RunsUnderTest runs = new RunsUnderTest();

    @AfterEach
    void close() {
        runs.close();
    }

    @Test
    void shouldHaveTheTopologyThatWasMeant() throws IOException {
        String described = runs.topology().describe().toString();

        try (InputStream golden = Objects.requireNonNull(getClass().getResourceAsStream("/runs-topology.txt"))) {
            assertThat(described).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void shouldRepairWhatIsProvenAndReportALedgerThatAddsUp() {
        runs.tick("mails-full", START);
        WorkCommand plan = runs.onlyWork();
        assertThat(plan.work()).isEqualTo(new Work.Plan(Scope.full(), null, null));
        assertThat(runs.report(RUN).status()).isEqualTo(RunStatus.RUNNING);

        runs.answer(planned(plan, RANGE_1, RANGE_2));
        List<WorkCommand> segments = runs.work();
        assertThat(segments).extracting(WorkCommand::work).containsExactly(RANGE_1, RANGE_2);
        runs.answer(compared(segments.get(0), 10, mail(1), mail(2)));
        runs.answer(compared(segments.get(1), 20, mail(3)));
        assertThat(runs.caseEvents())
                .hasSize(3)
                .allSatisfy(event -> assertThat(event).isInstanceOf(CaseEvent.Suspected.class));

        runs.event("mails", closed(RUN, mail(2), Verdict.TRANSIENT, null));
        runs.event("mails", confirmed(RUN, mail(1)));
        assertThat(runs.caseEvents()).isEmpty();
        runs.event("mails", confirmed(RUN, mail(3)));
        assertThat(runs.caseEvents())
                .containsExactlyInAnyOrder(
                        new CaseEvent.Decided(mail(1), RUN, Decision.RELEASE),
                        new CaseEvent.Decided(mail(3), RUN, Decision.RELEASE));

        runs.event("mails", closed(RUN, mail(1), Verdict.DIFFERENT, RepairOutcome.REPAIRED));
        assertThat(runs.ends()).isEmpty();
        runs.event("mails", closed(RUN, mail(3), Verdict.DIFFERENT, RepairOutcome.REPAIRED));
        Report report = runs.report(RUN);
        assertThat(report.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(report.ledgerAddsUp()).isTrue();
        assertThat(report.counters())
                .containsEntry("checked", 33L)
                .containsEntry("matched", 30L)
                .containsEntry("transient", 1L)
                .containsEntry("different", 2L)
                .containsEntry("repaired", 2L);
        assertThat(report.fieldDifferences().get("amount")).containsEntry("value", 2L);
        assertThat(report.samples()).extracting(Report.Sample::entity).containsExactlyInAnyOrder(mail(1), mail(3));
        assertThat(report.vouchesUpTo()).isEqualTo("position-1");
        assertThat(report.cause().kind()).isEqualTo(Cause.Kind.TICK);
        assertThat(runs.ends())
                .singleElement()
                .satisfies(end -> assertThat(end.status()).isEqualTo(RunStatus.COMPLETED));
        assertThat(runs.checkpoints())
                .containsEntry("mails/full", new Checkpoint("mails", "full", RUN, "position-1", runs.now()));
    }

    @Test
    void shouldCompleteAtOnceWhenEverythingMatches() {
        runs.tick("mails-full", START);
        runs.answer(planned(runs.onlyWork(), RANGE_1));
        runs.answer(compared(runs.onlyWork(), 100));

        assertThat(runs.report(RUN).status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(runs.caseEvents()).isEmpty();
    }

    @Test
    void shouldKeepNoMoreWorkOutstandingThanAllowed() {
        runs.tick("mails-full", START);
        Work[] ranges = {RANGE_1, RANGE_2, new Work.CompareRange("x", "y"), new Work.CompareRange("y", "z")};
        runs.answer(planned(runs.onlyWork(), ranges));

        List<WorkCommand> first = runs.work();
        assertThat(first).hasSize(2);
        runs.answer(compared(first.get(1), 1));
        assertThat(runs.onlyWork().work()).isEqualTo(ranges[2]);
    }

    @Test
    void shouldCountEveryAnswerOnceWhenAllAreDelivered() {
        runs.tick("mails-full", START);
        WorkCommand plan = runs.onlyWork();
        WorkAnswer planned = planned(plan, RANGE_1);
        runs.answer(planned);
        runs.answer(planned);
        WorkAnswer compared = compared(runs.onlyWork(), 10, mail(1), mail(2));
        runs.answer(compared);
        runs.answer(compared);
        assertThat(runs.caseEvents()).hasSize(2);
        for (int twice = 0; twice < 2; twice++) {
            runs.event("mails", confirmed(RUN, mail(1)));
            runs.event("mails", closed(RUN, mail(2), Verdict.MATCHED, null));
        }
        for (int twice = 0; twice < 2; twice++) {
            runs.event("mails", closed(RUN, mail(1), Verdict.DIFFERENT, RepairOutcome.REPAIRED));
        }

        Report report = runs.report(RUN);
        assertThat(report.ledgerAddsUp()).isTrue();
        assertThat(report.counters()).containsEntry("checked", 12L).containsEntry("repaired", 1L);
        assertThat(runs.ends()).hasSize(1);
    }

    @Test
    void shouldCountAnEntityOnceWhenTwoSegmentsSuspectIt() {
        runs.tick("mails-full", START);
        runs.answer(planned(runs.onlyWork(), RANGE_1, RANGE_2));
        List<WorkCommand> segments = runs.work();
        runs.answer(compared(segments.get(0), 1, mail(1)));
        runs.answer(compared(segments.get(1), 1, mail(1)));
        assertThat(runs.caseEvents()).hasSize(1);
        runs.event("mails", closed(RUN, mail(1), Verdict.TRANSIENT, null));

        assertThat(runs.report(RUN).counters()).containsEntry("checked", 3L);
        assertThat(runs.report(RUN).ledgerAddsUp()).isTrue();
    }

    @Test
    void shouldDecideAgainWhenAContestedCaseIsConfirmedAgain() {
        runs.tick("mails-full", START);
        runs.answer(planned(runs.onlyWork(), RANGE_1));
        runs.answer(compared(runs.onlyWork(), 1, mail(1)));
        runs.event("mails", confirmed(RUN, mail(1)));
        runs.caseEvents();
        runs.event("mails", confirmed(RUN, mail(1)));

        assertThat(runs.caseEvents()).containsExactly(new CaseEvent.Decided(mail(1), RUN, Decision.RELEASE));
        runs.event("mails", closed(RUN, mail(1), Verdict.DIFFERENT, RepairOutcome.SUPERSEDED));
        assertThat(runs.report(RUN).counters()).containsEntry("superseded", 1L);
    }

    @Test
    void shouldReportProgressAtMostEverySecond() {
        runs.tick("mails-full", START);
        runs.answer(planned(runs.onlyWork(), RANGE_1, RANGE_2));
        runs.answer(compared(runs.work().getFirst(), 10, mail(1)));
        assertThat(runs.reports()).hasSize(1);

        runs.pass(Duration.ofSeconds(1));
        runs.tick();
        assertThat(runs.reports()).hasSize(2);
        assertThat(runs.report(RUN).progress()).isEqualTo(new Report.Progress(3, 2, true, 1));
        runs.pass(Duration.ofSeconds(5));
        assertThat(runs.reports()).hasSize(2);
    }

    @Test
    void shouldKeepNothingButTheRunsIdWhenItHasEnded() {
        int before = runs.stateSize();
        runs.tick("mails-full", START);
        runs.answer(planned(runs.onlyWork(), RANGE_1));
        runs.answer(compared(runs.onlyWork(), 10, mail(1)));
        runs.event("mails", closed(RUN, mail(1), Verdict.UNSTABLE, null));
        assertThat(runs.report(RUN).status()).isEqualTo(RunStatus.COMPLETED_WITH_FAILURES);
        runs.tick();

        assertThat(runs.stateSize()).isEqualTo(before + 2); // the id, and the group
        runs.pass(Duration.ofDays(8));
        runs.tick();
        assertThat(runs.stateSize()).isEqualTo(before + 1);
    }

    @Test
    void shouldIgnoreWhatComesForARunThatHasEnded() {
        runs.tick("mails-full", START);
        runs.answer(planned(runs.onlyWork(), RANGE_1));
        WorkCommand segment = runs.onlyWork();
        runs.answer(compared(segment, 10));
        runs.answer(compared(segment, 10));
        runs.event("mails", closed(RUN, mail(1), Verdict.DIFFERENT, RepairOutcome.REPAIRED));

        assertThat(runs.report(RUN).counters()).containsEntry("checked", 10L).containsEntry("repaired", 0L);
        assertThat(runs.ends()).hasSize(1);
    }
}
