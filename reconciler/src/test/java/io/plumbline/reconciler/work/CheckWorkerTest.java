package io.plumbline.reconciler.work;

import static io.plumbline.reconciler.work.WorkerBench.LATER;
import static io.plumbline.reconciler.work.WorkerBench.NOW;
import static io.plumbline.reconciler.work.WorkerBench.entity;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.record.AnswerStatus;
import io.plumbline.topics.record.CheckAnswer;
import io.plumbline.topics.record.CheckCommand;
import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.Look;
import io.plumbline.topics.record.OutboxRow;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CheckWorkerTest {

    private static final OutboxRow ROW = new OutboxRow("7", 0);

    private final WorkerBench bench = new WorkerBench();

    @Test
    void shouldAnswerEachWithWhatItsLookShows() {
        bench.inSource.putAll(Map.of(entity("same"), "1", entity("different"), "2", entity("missing"), "1"));
        bench.inTarget.putAll(Map.of(entity("same"), "1", entity("different"), "1", entity("extra"), "1"));

        List<CheckAnswer> answers = worker().answer(
                        List.of(look("same"), look("different"), look("missing"), look("extra"), look("nowhere")));

        assertThat(answers).extracting(CheckAnswer::status).containsOnly(AnswerStatus.DONE);
        assertThat(answers)
                .extracting(answer -> lookOf(answer).drift())
                .containsExactly(null, DriftClass.DIFFERENT, DriftClass.MISSING, DriftClass.EXTRA, null);
        assertThat(bench.calls).containsExactly("target-find", "source-find");
        assertThat(bench.meters.counted).hasSize(5).containsOnly("mail DONE");
    }

    @Test
    void shouldKeyAnswersByTheirEntity() {
        var records = worker().handle(WorkerBench.received(List.of(look("a/b"))));

        assertThat(records).hasSize(1);
        assertThat(records.getFirst().topic()).isEqualTo("check-answers");
        assertThat(records.getFirst().key()).asString().isEqualTo("mail/a%2fb");
    }

    @Test
    void shouldMarkRowsWhoseEffectWasSeen() {
        bench.inSource.putAll(Map.of(entity("seen"), "1", entity("not-yet"), "2", entity("odd"), "unmappable"));
        bench.inTarget.putAll(Map.of(entity("seen"), "1", entity("not-yet"), "1", entity("odd"), "unmappable"));
        bench.pending.putAll(Map.of(
                entity("seen"), List.of(ROW, new OutboxRow("8", 1)),
                entity("not-yet"), List.of(new OutboxRow("9", 0)),
                entity("odd"), List.of(new OutboxRow("10", 0))));

        List<CheckAnswer> answers = worker().answer(List.of(look("seen"), look("not-yet"), look("odd")));

        assertThat(bench.outbox.processed).containsExactly("7", "8");
        assertThat(lookOf(answers.get(1)).pending()).containsExactly(new OutboxRow("9", 0));
        assertThat(lookOf(answers.get(2)).unreadable()).isEqualTo("it cannot be mapped");
    }

    @Test
    void shouldRecordFailuresWithoutLooking() {
        CheckCommand first = failure("a", "no such client", ROW);
        CheckCommand second = failure("b", "unstable", new OutboxRow("8", 2));

        List<CheckAnswer> answers = worker().answer(List.of(first, second));

        assertThat(answers).extracting(CheckAnswer::status).containsOnly(AnswerStatus.DONE);
        assertThat(answers).extracting(CheckAnswer::look).containsOnlyNulls();
        assertThat(bench.outbox.failed).containsExactly("7: no such client", "8: unstable");
        assertThat(bench.calls).containsOnly("mark-failed");
    }

    @Test
    void shouldNotLookAtWhatHasExpired() {
        CheckCommand expired = new CheckCommand(entity("a"), "c", NOW.minusMillis(1), null, List.of());

        assertThat(worker().answer(List.of(expired)).getFirst().status()).isEqualTo(AnswerStatus.EXPIRED);
        assertThat(bench.calls).isEmpty();
    }

    @Test
    void shouldProveNothingWhileAStoreIsAway() {
        for (String store : List.of("source", "target", "outbox")) {
            bench.away = store;
            bench.inSource.put(entity("a"), "1");
            bench.inTarget.put(entity("a"), "1");
            bench.pending.put(entity("a"), List.of(ROW));

            CheckAnswer answer = worker().answer(List.of(look("a"))).getFirst();

            assertThat(answer.status()).isEqualTo(AnswerStatus.UNAVAILABLE);
            assertThat(answer.reason()).contains(store);
            assertThat(answer.look()).isNull();
        }
    }

    @Test
    void shouldLookWhileOnlyFailuresCannotBeRecorded() {
        bench.away = "outbox";

        List<CheckAnswer> answers = worker().answer(List.of(look("a"), failure("b", "reason", ROW)));

        assertThat(answers)
                .extracting(CheckAnswer::status)
                .containsExactly(AnswerStatus.DONE, AnswerStatus.UNAVAILABLE);
    }

    @Test
    void shouldFailAloneWhereACommandMeetsABug() {
        bench.inSource.put(entity("3"), "poison");
        List<CheckCommand> commands = IntStream.rangeClosed(1, 9)
                .mapToObj(i -> look(Integer.toString(i)))
                .toList();

        List<CheckAnswer> answers = worker().answer(commands);

        assertThat(answers)
                .extracting(CheckAnswer::entity)
                .containsExactlyElementsOf(
                        commands.stream().map(CheckCommand::entity).toList());
        assertThat(answers.get(2).status()).isEqualTo(AnswerStatus.FAILED);
        assertThat(answers.get(2).reason()).contains("a bug met it");
        assertThat(answers)
                .filteredOn(answer -> answer.status() == AnswerStatus.DONE)
                .hasSize(8);
    }

    @Test
    void shouldAnswerCommandsOfADatasetThatIsNotConfigured() {
        CheckCommand command = new CheckCommand(EntityKey.of("other", "1"), "c", LATER, null, List.of());

        assertThat(worker().answer(List.of(command)).getFirst().status()).isEqualTo(AnswerStatus.FAILED);
        assertThat(bench.meters.counted).containsExactly("unknown FAILED");
    }

    private CheckWorker worker() {
        return new CheckWorker(
                Map.of("mail", new EntityChecker(bench.stores(), WorkerBench.CLOCK)), bench.topics, bench.meters);
    }

    private static Look lookOf(CheckAnswer answer) {
        assertThat(answer.look()).isNotNull();
        return java.util.Objects.requireNonNull(answer.look());
    }

    private static CheckCommand look(String part) {
        return new CheckCommand(entity(part), "check-" + part, LATER, null, List.of());
    }

    private static CheckCommand failure(String part, String reason, OutboxRow row) {
        return new CheckCommand(entity(part), "check-" + part, LATER, reason, List.of(row));
    }
}
