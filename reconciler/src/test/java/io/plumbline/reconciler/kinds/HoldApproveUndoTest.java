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
import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.RepairOutcome;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.RunStatus;
import io.plumbline.topics.record.Verdict;
import io.plumbline.topics.record.Work;
import io.plumbline.topics.record.WorkAnswer;
import io.plumbline.topics.record.WorkAnswer.UndoableRepair;
import io.plumbline.topics.record.WorkCommand;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HoldApproveUndoTest {

    private static final String RUN = "mails-full.2026-11-21T22:00:00Z";

    private RunsUnderTest runs = new RunsUnderTest();

    @AfterEach
    void close() {
        runs.close();
    }

    @Test
    void shouldHoldAllRepairsWhenTheyAreMoreThanTheBreakerAllows() {
        runWithDrifts(6);

        assertThat(decisions()).hasSize(6).containsOnly(Decision.HOLD);
        closeAll(RUN, 6, RepairOutcome.HELD);
        Report report = runs.report(RUN);
        assertThat(report.status()).isEqualTo(RunStatus.HELD);
        assertThat(report.heldEntities()).isEqualTo(6);
        assertThat(report.ledgerAddsUp()).isTrue();
        assertThat(report.notes()).containsExactly("the breaker holds 6 repairs: more than 5");
    }

    @Test
    void shouldReleaseWhatTheBreakerAllows() {
        runWithDrifts(5);

        assertThat(decisions()).hasSize(5).containsOnly(Decision.RELEASE);
    }

    @Test
    void shouldLookAtHeldEntitiesAfreshAndRepairThemWhenApproved() {
        runWithDrifts(6);
        closeAll(RUN, 6, RepairOutcome.HELD);
        runs.caseEvents();

        runs.trigger("{\"job\": \"mails-full\", \"requestId\": \"yes\", \"approve\": \"" + RUN + "\"}");
        WorkCommand look = runs.onlyWork();
        assertThat(look.runId()).isEqualTo("mails-full.approve.yes");
        assertThat(look.work()).isEqualTo(new Work.CompareKeys(Arrays.asList(mails(6))));
        runs.answer(compared(look, 0, mails(6)));
        assertThat(runs.caseEvents())
                .hasSize(6)
                .allSatisfy(event ->
                        assertThat(((CaseEvent.Suspected) event).unpark()).isTrue());
        for (EntityKey mail : mails(6)) {
            runs.event("mails", confirmed(look.runId(), mail));
        }
        assertThat(decisions()).hasSize(6).containsOnly(Decision.RELEASE);
        closeAll(look.runId(), 6, RepairOutcome.REPAIRED);

        Report report = runs.report(look.runId());
        assertThat(report.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(report.cause().afterRun()).isEqualTo(RUN);
        assertThat(runs.checkpoints()).containsOnlyKeys("mails/full");
    }

    @Test
    void shouldSayThatThereIsNothingToApprove() {
        runs.trigger("{\"job\": \"mails\", \"requestId\": \"yes\", \"approve\": \"no such run\"}");

        Report report = runs.report("mails.approve.yes");
        assertThat(report.status()).isEqualTo(RunStatus.SKIPPED);
        assertThat(report.notes()).containsExactly("no entity of run no such run waits for an approval");
    }

    @Test
    void shouldReportOnlyWhenItIsADryRun() {
        runs.trigger("{\"job\": \"mails-full\", \"requestId\": \"1\", \"dryRun\": true}");
        compareAndConfirm("mails-full.1", 6);

        assertThat(decisions()).hasSize(6).containsOnly(Decision.REPORT);
        closeAll("mails-full.1", 6, RepairOutcome.REPORTED);
        assertThat(runs.report("mails-full.1").status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void shouldReportOnlyWhenThePolicyDoesNotRepair() {
        runs.close();
        runs = new RunsUnderTest("propose", "report");
        runs.trigger("{\"job\": \"invoices\", \"requestId\": \"1\", \"full\": true}");
        EntityKey invoice = EntityKey.of("invoices", "1");
        runs.answer(planned(runs.onlyWork(), new Work.CompareRange(null, null)));
        runs.answer(compared(runs.onlyWork(), 1, invoice));
        runs.caseEvents();
        runs.event("invoices", confirmed("invoices.1", invoice));

        assertThat(decisions()).containsExactly(Decision.REPORT);
    }

    @Test
    void shouldReportExtrasWhenTheDatasetDoesNotDeleteThem() {
        runs.close();
        runs = new RunsUnderTest("auto", "report");
        runs.trigger("{\"job\": \"invoices\", \"requestId\": \"1\", \"full\": true}");
        EntityKey extra = EntityKey.of("invoices", "1");
        EntityKey missing = EntityKey.of("invoices", "2");
        runs.answer(planned(runs.onlyWork(), new Work.CompareRange(null, null)));
        runs.answer(compared(runs.onlyWork(), 1, extra, missing));
        runs.caseEvents();
        runs.event("invoices", new RunEvent.CaseConfirmed("invoices.1", extra, DriftClass.EXTRA, List.of()));
        runs.event("invoices", new RunEvent.CaseConfirmed("invoices.1", missing, DriftClass.MISSING, List.of()));

        assertThat(runs.caseEvents())
                .containsExactlyInAnyOrder(
                        new CaseEvent.Decided(extra, "invoices.1", Decision.REPORT),
                        new CaseEvent.Decided(missing, "invoices.1", Decision.RELEASE));
    }

    @Test
    void shouldUndoTheRepairsOfARunAndCountWhatBecameOfEach() {
        runs.trigger("{\"job\": \"mails-full\", \"requestId\": \"oops\", \"undo\": \"" + RUN + "\"}");
        WorkCommand list = runs.onlyWork();
        String undo = "mails-full.undo.oops";
        assertThat(list.runId()).isEqualTo(undo);
        assertThat(list.work()).isEqualTo(new Work.ListRepairs(RUN, null));
        runs.answer(undoable(list, mails(4)));
        assertThat(runs.caseEvents())
                .hasSize(4)
                .first()
                .isEqualTo(new CaseEvent.UndoRequested(mail(1), undo, "mails", "repair-mails/1", list.deadline()));
        runs.event("mails", closed(undo, mail(1), Verdict.DIFFERENT, RepairOutcome.REPAIRED));
        runs.event("mails", closed(undo, mail(2), Verdict.DIFFERENT, RepairOutcome.SUPERSEDED));
        runs.event("mails", closed(undo, mail(3), Verdict.DIFFERENT, RepairOutcome.FAILED));
        runs.event("mails", closed(undo, mail(4), Verdict.SKIPPED, null));

        Report report = runs.report(undo);
        assertThat(report.kind()).isEqualTo("undo");
        assertThat(report.status()).isEqualTo(RunStatus.COMPLETED_WITH_FAILURES);
        assertThat(report.counters())
                .isEqualTo(Map.of("repairs", 4L, "undone", 1L, "superseded", 1L, "failed", 1L, "skipped", 1L));
        assertThat(report.ledgerAddsUp()).isTrue();
        assertThat(report.heldEntities()).isEqualTo(1);
        runs.trigger("{\"job\": \"mails-full\", \"requestId\": \"again\", \"approve\": \"" + RUN + "\"}");
        assertThat(runs.onlyWork().work()).isEqualTo(new Work.CompareKeys(List.of(mail(1))));
    }

    @Test
    void shouldUndoEachRepairOfAnEntityThatWasRepairedTwice() {
        runs.trigger("{\"job\": \"mails\", \"requestId\": \"oops\", \"undo\": \"some run\"}");
        WorkCommand list = runs.onlyWork();
        runs.answer(undoable(list, mail(1), mail(1), mail(2)));
        assertThat(runs.caseEvents()).hasSize(3);
        runs.event("mails", closed(list.runId(), mail(1), Verdict.DIFFERENT, RepairOutcome.REPAIRED));
        runs.event("mails", closed(list.runId(), mail(2), Verdict.UNREADABLE, null));
        assertThat(runs.ends()).isEmpty();
        runs.event("mails", closed(list.runId(), mail(1), Verdict.DIFFERENT, RepairOutcome.SUPERSEDED));

        Report report = runs.report(list.runId());
        assertThat(report.ledgerAddsUp()).isTrue();
        assertThat(report.counters())
                .containsEntry("repairs", 3L)
                .containsEntry("undone", 1L)
                .containsEntry("superseded", 1L)
                .containsEntry("failed", 1L);
    }

    @Test
    void shouldDecideEveryDriftWhenThereAreMoreThanAreDecidedAtOnce() {
        runs.trigger("{\"job\": \"mails-full\", \"requestId\": \"1\", \"dryRun\": true}");
        compareAndConfirm("mails-full.1", 1_050);
        assertThat(decisions()).hasSize(1_000);
        for (int i = 0; i < 3; i++) {
            runs.tick();
        }

        assertThat(decisions()).hasSize(50);
        closeAll("mails-full.1", 1_050, RepairOutcome.REPORTED);
        assertThat(runs.report("mails-full.1").counters()).containsEntry("reported", 1_050L);
        assertThat(runs.report("mails-full.1").samples()).hasSize(20);
    }

    private void runWithDrifts(int drifts) {
        runs.tick("mails-full", START);
        compareAndConfirm(RUN, drifts);
    }

    private void compareAndConfirm(String runId, int drifts) {
        runs.answer(planned(runs.onlyWork(), new Work.CompareRange(null, null)));
        runs.answer(compared(runs.onlyWork(), 90, mails(drifts)));
        runs.caseEvents();
        for (EntityKey mail : mails(drifts)) {
            runs.event("mails", confirmed(runId, mail));
        }
    }

    private void closeAll(String runId, int drifts, RepairOutcome outcome) {
        for (EntityKey mail : mails(drifts)) {
            runs.event("mails", closed(runId, mail, Verdict.DIFFERENT, outcome));
        }
    }

    private List<Decision> decisions() {
        return runs.caseEvents().stream()
                .map(event -> ((CaseEvent.Decided) event).decision())
                .toList();
    }

    private static EntityKey[] mails(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(RunsUnderTest::mail).toArray(EntityKey[]::new);
    }

    private static WorkAnswer undoable(WorkCommand command, EntityKey... entities) {
        List<UndoableRepair> repairs = Arrays.stream(entities)
                .map(entity -> new UndoableRepair(entity, "repair-" + entity.text()))
                .toList();
        return WorkAnswer.done(command, Map.of(), List.of(), List.of(), List.of(), null, repairs);
    }
}
