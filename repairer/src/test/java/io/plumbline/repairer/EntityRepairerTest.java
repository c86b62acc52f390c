package io.plumbline.repairer;

import static io.plumbline.repairer.RepairBench.entity;
import static io.plumbline.repairer.RepairBench.repair;
import static io.plumbline.repairer.RepairBench.undo;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.repairer.RepairRules.RepairPolicies;
import io.plumbline.stores.RepairJournal.Ended;
import io.plumbline.stores.RepairJournal.Entry;
import io.plumbline.topics.config.DatasetConfig.ExtraPolicy;
import io.plumbline.topics.config.DatasetConfig.RepairPolicy;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.RepairAnswer;
import io.plumbline.topics.record.RepairAnswer.Result;
import io.plumbline.topics.record.RepairCommand;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EntityRepairerTest {

    private static final EntityKey E = entity(1);

    private final RepairBench bench = new RepairBench();

    @Test
    void shouldInsertWhatIsMissing() {
        bench.plant(E, "new", null);

        RepairAnswer answer = bench.answerOne(repair(E, "r"));

        assertThat(answer)
                .isEqualTo(new RepairAnswer(E, "r", "run", Result.REPAIRED, null, "new", "digest of new", null));
        assertThat(bench.target.values).containsEntry(E, "new");
    }

    @Test
    void shouldReplaceWhatDiffersAndRememberWhatWasThere() {
        bench.plant(E, "new", "old");

        RepairAnswer answer = bench.answerOne(repair(E, "r"));

        assertThat(answer)
                .isEqualTo(new RepairAnswer(E, "r", "run", Result.REPAIRED, "old", "new", "digest of new", null));
        assertThat(bench.journal.entries)
                .containsEntry(
                        "r",
                        new Entry(
                                "r", "run", E, "old", "new", null, new Ended(Result.REPAIRED, "digest of new", null)));
    }

    @Test
    void shouldDeleteAnExtraWhereTheDatasetSaysSo() {
        bench.plant(E, null, "old");

        assertThat(bench.answerOne(repair(E, "r")).result()).isEqualTo(Result.REPAIRED);
        assertThat(bench.target.values).isEmpty();
    }

    @Test
    void shouldNotDeleteAnExtraThatIsOnlyReported() {
        bench.policies = new RepairPolicies(RepairPolicy.AUTO, ExtraPolicy.REPORT, true);
        bench.plant(E, null, "old");

        assertThat(bench.answerOne(repair(E, "r")).result()).isEqualTo(Result.NOT_ALLOWED);
        assertThat(bench.target.values).containsEntry(E, "old");
        assertThat(bench.journal.entries).isEmpty();
    }

    @Test
    void shouldNotCreateADocumentUnlessAllowed() {
        bench.policies = new RepairPolicies(RepairPolicy.AUTO, ExtraPolicy.REPORT, false);
        bench.plant(E, "new", null);
        bench.plant(entity(2), "new", null);
        bench.target.withoutDocument.add(E);

        List<RepairAnswer> answers = bench.answer(repair(E, "r1"), repair(entity(2), "r2"));

        assertThat(answers).extracting(RepairAnswer::result).containsExactly(Result.NOT_ALLOWED, Result.REPAIRED);
        assertThat(bench.target.values).doesNotContainKey(E);
    }

    @Test
    void shouldWriteNothingWhereThePolicyIsNotAuto() {
        bench.policies = new RepairPolicies(RepairPolicy.PROPOSE, ExtraPolicy.DELETE, true);
        bench.plant(E, "new", "old");

        assertThat(bench.answerOne(repair(E, "r")).result()).isEqualTo(Result.NOT_ALLOWED);
        assertThat(bench.target.written).isZero();
    }

    @Test
    void shouldBeSupersededWhereBothAreEqualAlready() {
        bench.plant(E, "new", "new");

        assertThat(bench.answer(repair(E, "r1"), repair(entity(2), "r2")))
                .extracting(RepairAnswer::result)
                .containsExactly(Result.SUPERSEDED, Result.SUPERSEDED);
        assertThat(bench.target.written).isZero();
    }

    @Test
    void shouldLeaveAloneWhatCannotBeRead() {
        bench.plant(E, "new", "old");
        bench.plant(entity(2), "new", "old");
        bench.target.unreadable.put(E, "final_creditor_list is an object");
        bench.source.unreadable.put(entity(2), "extracted_data is no JSON");

        List<RepairAnswer> answers = bench.answer(repair(E, "r1"), repair(entity(2), "r2"));

        assertThat(answers).extracting(RepairAnswer::result).containsOnly(Result.UNREADABLE);
        assertThat(answers)
                .extracting(RepairAnswer::reason)
                .containsExactly("final_creditor_list is an object", "extracted_data is no JSON");
    }

    @Test
    void shouldBeContestedWhereTheTargetWasWrittenInBetween() {
        bench.plant(E, "2", "1");
        bench.steps.runAt("target-write", () -> bench.target.set(E, "3"));

        assertThat(bench.answerOne(repair(E, "r")).result()).isEqualTo(Result.CONTESTED);
        assertThat(bench.target.values).containsEntry(E, "3");
    }

    @Test
    void shouldBeSupersededWhereSomebodyElseWroteTheSameInBetween() {
        bench.plant(E, "2", "1");
        bench.steps.runAt("target-write", () -> bench.target.set(E, "2"));

        assertThat(bench.answerOne(repair(E, "r")).result()).isEqualTo(Result.SUPERSEDED);
    }

    @Test
    void shouldBeMismatchedWhereTheSourceMovedAfterTheWrite() {
        bench.plant(E, "2", "1");
        bench.steps.runAt("target-written", () -> bench.source.values.put(E, "3"));

        RepairAnswer answer = bench.answerOne(repair(E, "r"));

        assertThat(answer.result()).isEqualTo(Result.MISMATCHED);
        assertThat(answer.after()).isEqualTo("2");
        assertThat(answer.sourceContent()).isEqualTo("digest of 3");
    }

    @Test
    void shouldFailWithTheStoresReason() {
        bench.plant(E, "new", "old");
        bench.target.refused.put(E, "document too large");

        RepairAnswer answer = bench.answerOne(repair(E, "r"));

        assertThat(answer.result()).isEqualTo(Result.FAILED);
        assertThat(answer.reason()).isEqualTo("document too large");
    }

    @Test
    void shouldFailAloneWhereACommandMeetsABug() {
        IntStream.rangeClosed(1, 9).forEach(n -> bench.plant(entity(n), "new", "old"));
        bench.plant(entity(4), "poison", null);
        RepairCommand[] commands = IntStream.rangeClosed(1, 9)
                .mapToObj(n -> repair(entity(n), "r" + n))
                .toArray(RepairCommand[]::new);

        List<RepairAnswer> answers = bench.answer(commands);

        assertThat(answers).extracting(RepairAnswer::repairId).containsExactlyElementsOf(ids(commands));
        assertThat(answers)
                .filteredOn(answer -> answer.result() == Result.FAILED)
                .hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.result() == Result.REPAIRED)
                .hasSize(8);
        assertThat(answers.get(3).reason()).contains("a bug met mail/e4");
    }

    @Test
    void shouldAnswerCommandsOfADatasetThatIsNotConfigured() {
        RepairAnswer answer = bench.answerOne(repair(EntityKey.of("other", "1"), "r"));

        assertThat(answer.result()).isEqualTo(Result.FAILED);
        assertThat(answer.reason()).contains("other");
    }

    @Test
    void shouldNotExecuteWhatHasExpired() {
        bench.plant(E, "new", "old");

        RepairAnswer answer = bench.answerOne(new RepairCommand(E, "r", "run", RepairBench.NOW.minusMillis(1), null));

        assertThat(answer.result()).isEqualTo(Result.EXPIRED);
        assertThat(bench.target.written).isZero();
    }

    @Test
    void shouldSayThatAnInterruptedRepairWasDoneThoughItHasExpiredSince() {
        bench.plant(E, "new", "old");
        bench.steps.runAt("target-written", () -> {
            throw new Steps.Crash("after the write");
        });
        crashing(() -> bench.answer(repair(E, "r")));

        RepairAnswer answer = bench.answerOne(new RepairCommand(E, "r", "run", RepairBench.NOW.minusMillis(1), null));

        assertThat(answer.result()).isEqualTo(Result.REPAIRED);
    }

    @Test
    void shouldWorkThroughCommandsOfOneEntityInTheirOrder() {
        bench.plant(E, "new", "old");

        List<RepairAnswer> answers = bench.answer(repair(E, "r"), undo(E, "u", "r"), repair(E, "r2"), repair(E, "r2"));

        assertThat(answers).extracting(RepairAnswer::repairId).containsExactly("r", "u", "r2", "r2");
        assertThat(answers).extracting(RepairAnswer::result).containsOnly(Result.REPAIRED);
        assertThat(bench.target.history.get(E)).containsExactly("new", "old", "new");
    }

    @Test
    void shouldReadAndWriteOncePerBatch() {
        IntStream.range(0, 500).forEach(n -> bench.plant(entity(n), "new", "old"));

        bench.answer(IntStream.range(0, 500)
                .mapToObj(n -> repair(entity(n), "r" + n))
                .toList());

        assertThat(bench.steps.passed)
                .filteredOn(step -> !step.equals("target-written-one"))
                .containsExactly(
                        "journal-find",
                        "target-find",
                        "target-found",
                        "source-find",
                        "source-found",
                        "journal-intend",
                        "journal-intended",
                        "target-write",
                        "target-written",
                        "target-find",
                        "target-found",
                        "source-find",
                        "source-found",
                        "journal-complete",
                        "journal-completed");
    }

    static void crashing(Runnable work) {
        try {
            work.run();
        } catch (Steps.Crash crash) {
            return;
        }
        throw new AssertionError("nothing crashed");
    }

    private static List<String> ids(RepairCommand[] commands) {
        return List.of(commands).stream().map(RepairCommand::repairId).toList();
    }
}
