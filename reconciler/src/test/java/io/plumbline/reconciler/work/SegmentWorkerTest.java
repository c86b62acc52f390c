package io.plumbline.reconciler.work;

import static io.plumbline.reconciler.work.WorkerBench.LATER;
import static io.plumbline.reconciler.work.WorkerBench.NOW;
import static io.plumbline.reconciler.work.WorkerBench.entity;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.stores.OutboxTable.Page;
import io.plumbline.stores.RepairJournal.Entry;
import io.plumbline.stores.SegmentScanner.Planned;
import io.plumbline.stores.SegmentScanner.Scanned;
import io.plumbline.topics.record.AnswerStatus;
import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.Look;
import io.plumbline.topics.record.OutboxRow;
import io.plumbline.topics.record.Scope;
import io.plumbline.topics.record.Suspect;
import io.plumbline.topics.record.Work;
import io.plumbline.topics.record.WorkAnswer;
import io.plumbline.topics.record.WorkAnswer.UndoableRepair;
import io.plumbline.topics.record.WorkAnswer.Unreadable;
import io.plumbline.topics.record.WorkCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SegmentWorkerTest {

    private static final Suspect SUSPECT = new Suspect(
            entity("a"), new Look(DriftClass.MISSING, "digest", "1", Look.ABSENT, List.of(), List.of(), null));

    private final WorkerBench bench = new WorkerBench();
    private final ListedRepairs journal = new ListedRepairs();

    @Test
    void shouldPassOnWhatIsPlanned() {
        List<Work> next = List.of(new Work.CompareRange(null, "5"), new Work.CompareRange("5", null));
        bench.planned = new Planned(next, "0/16B3748", null);

        WorkAnswer answer = answer(new Work.Plan(Scope.full(), null, null));

        assertThat(answer.status()).isEqualTo(AnswerStatus.DONE);
        assertThat(answer.next()).isEqualTo(next);
        assertThat(answer.position()).isEqualTo("0/16B3748");
        assertThat(answer.number()).isEqualTo(7);
    }

    @Test
    void shouldPassOnWhatASegmentShows() {
        Unreadable unreadable = new Unreadable("row 9", "no JSON");
        bench.scanned = new Scanned(10, 8, 1, List.of(unreadable), List.of(SUSPECT), List.of());

        for (Work segment : List.of(
                new Work.CompareRange(null, null),
                new Work.CompareKeys(List.of(entity("a"))),
                new Work.CompareTargetPage(null),
                new Work.CompareOtherTypes(null))) {
            WorkAnswer answer = answer(segment);

            assertThat(answer.counters()).isEqualTo(Map.of("checked", 10L, "matched", 8L, "unreadable", 1L));
            assertThat(answer.suspects()).containsExactly(SUSPECT);
            assertThat(answer.unreadable()).containsExactly(unreadable);
        }
    }

    @Test
    void shouldNameTheEntitiesOfUnprocessedRowsOnceEach() {
        Map<OutboxRow, String> unresolved = new LinkedHashMap<>();
        unresolved.put(new OutboxRow("3", 0), "no such row");
        unresolved.put(new OutboxRow("4", 1), "no such row");
        bench.outbox.pages.put(
                "null",
                new Page(
                        Map.of(new OutboxRow("1", 0), entity("a"), new OutboxRow("2", 0), entity("a")),
                        unresolved,
                        "4"));

        WorkAnswer answer = answer(new Work.RetryOutbox(null));

        assertThat(answer.suspects()).containsExactly(new Suspect(entity("a"), null));
        assertThat(answer.counters()).isEqualTo(Map.of("rows-read", 4L, "rows-unresolved", 2L));
        assertThat(answer.unreadable())
                .containsExactly(
                        new Unreadable("outbox row 3", "no such row"), new Unreadable("outbox row 4", "no such row"));
        assertThat(answer.next())
                .containsExactly(
                        new Work.FailOutboxRows(List.of(new OutboxRow("3", 0), new OutboxRow("4", 1)), "no such row"),
                        new Work.RetryOutbox("4"));
        assertThat(answer(new Work.RetryOutbox("4")).next()).isEmpty();
    }

    @Test
    void shouldFailRowsOfNoEntity() {
        answer(new Work.FailOutboxRows(List.of(new OutboxRow("3", 0)), "no such row"));

        assertThat(bench.outbox.failed).containsExactly("3: no such row");
    }

    @Test
    void shouldCleanUpABoundedAmountAtATime() {
        bench.outbox.processedRows = DatasetWork.DELETED_AT_ONCE + 10;
        bench.outbox.expiredKeys = 5;
        Work cleanUp = new Work.CleanUp(Duration.ofDays(30));

        WorkAnswer first = answer(cleanUp);
        WorkAnswer second = answer(cleanUp);

        assertThat(first.next()).containsExactly(cleanUp);
        assertThat(first.counters())
                .containsEntry("outbox-rows-deleted", (long) DatasetWork.DELETED_AT_ONCE)
                .containsEntry("idempotency-keys-deleted", 5L);
        assertThat(second.next()).isEmpty();
        assertThat(second.counters()).containsEntry("outbox-rows-deleted", 10L);
    }

    @Test
    void shouldListRepairsInPages() {
        IntStream.range(0, DatasetWork.UNDO_PAGE)
                .forEach(i -> journal.repairs.add(new Entry("r" + i, "run", entity("e"), null, null, null, null)));

        WorkAnswer first = answer(new Work.ListRepairs("run", null));
        WorkAnswer second = answer(first.next().getFirst());

        assertThat(first.undo()).hasSize(DatasetWork.UNDO_PAGE).contains(new UndoableRepair(entity("e"), "r0"));
        assertThat(first.next()).containsExactly(new Work.ListRepairs("run", "r" + (DatasetWork.UNDO_PAGE - 1)));
        assertThat(second.undo()).isEmpty();
        assertThat(second.next()).isEmpty();
    }

    @Test
    void shouldAnswerWhatItDoesNotDo() {
        Work segment = new Work.CompareRange(null, null);

        WorkAnswer expired = worker().answer(command("mail", segment, NOW.minusMillis(1)));
        WorkAnswer unknown = worker().answer(command("other", segment, LATER));
        WorkAnswer buggy = answer(segment);
        bench.away = "target";
        WorkAnswer away = answer(segment);

        assertThat(List.of(expired, unknown, buggy, away))
                .extracting(WorkAnswer::status)
                .containsExactly(
                        AnswerStatus.EXPIRED, AnswerStatus.FAILED, AnswerStatus.FAILED, AnswerStatus.UNAVAILABLE);
        assertThat(buggy.reason()).contains("a bug in the scanner");
        assertThat(away.reason()).contains("target is unavailable");
        assertThat(bench.meters.counted)
                .containsExactly("mail EXPIRED", "unknown FAILED", "mail FAILED", "mail UNAVAILABLE");
    }

    @Test
    void shouldKeyAnswersByTheGroup() {
        bench.planned = new Planned(List.of(), null, null);

        var records = worker().handle(
                        WorkerBench.received(List.of(command("mail", new Work.Plan(Scope.full(), null, null), LATER))));

        assertThat(records.getFirst().topic()).isEqualTo("work-answers");
        assertThat(records.getFirst().key()).asString().isEqualTo("group");
    }

    private WorkAnswer answer(Work work) {
        return worker().answer(command("mail", work, LATER));
    }

    private SegmentWorker worker() {
        DatasetWork work = new DatasetWork(bench.stores(), journal);
        return new SegmentWorker(Map.of("mail", work), bench.topics, WorkerBench.CLOCK, bench.meters);
    }

    private static WorkCommand command(String dataset, Work work, Instant deadline) {
        return new WorkCommand("run", "group", "job", dataset, 7, 1, deadline, work);
    }
}
