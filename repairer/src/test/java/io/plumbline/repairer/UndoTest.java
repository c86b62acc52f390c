package io.plumbline.repairer;

import static io.plumbline.repairer.RepairBench.entity;
import static io.plumbline.repairer.RepairBench.repair;
import static io.plumbline.repairer.RepairBench.undo;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.RepairAnswer;
import io.plumbline.topics.record.RepairAnswer.Result;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UndoTest {

    private static final EntityKey E = entity(1);

    private final RepairBench bench = new RepairBench();

    @Test
    void shouldPutBackWhatARepairReplaced() {
        repaired("new", "old");

        RepairAnswer answer = bench.answerOne(undo(E, "u", "r"));

        assertThat(answer)
                .isEqualTo(new RepairAnswer(E, "u", "undo-run", Result.REPAIRED, "new", "old", "digest of new", null));
        assertThat(bench.target.values).containsEntry(E, "old");
    }

    @Test
    void shouldTakeAwayWhatARepairInserted() {
        repaired("new", null);

        assertThat(bench.answerOne(undo(E, "u", "r")).result()).isEqualTo(Result.REPAIRED);
        assertThat(bench.target.values).isEmpty();
    }

    @Test
    void shouldPutBackWhatARepairDeleted() {
        repaired(null, "old");

        assertThat(bench.answerOne(undo(E, "u", "r")).result()).isEqualTo(Result.REPAIRED);
        assertThat(bench.target.values).containsEntry(E, "old");
    }

    @Test
    void shouldLeaveAloneWhatWasWrittenAfterTheRepair() {
        repaired("new", "old");
        bench.target.set(E, "newer");

        assertThat(bench.answerOne(undo(E, "u", "r")).result()).isEqualTo(Result.SUPERSEDED);
        assertThat(bench.target.values).containsEntry(E, "newer");
    }

    @Test
    void shouldLeaveAloneWhatIsWrittenDuringTheUndo() {
        repaired("new", "old");
        bench.steps.runAt("target-write", () -> bench.target.set(E, "newer"));

        assertThat(bench.answerOne(undo(E, "u", "r")).result()).isEqualTo(Result.SUPERSEDED);
        assertThat(bench.target.values).containsEntry(E, "newer");
    }

    @Test
    void shouldNotUndoTwice() {
        repaired("new", "old");
        bench.answerOne(undo(E, "u1", "r"));

        assertThat(bench.answerOne(undo(E, "u2", "r")).result()).isEqualTo(Result.SUPERSEDED);
        assertThat(bench.target.history.get(E)).containsExactly("new", "old");
    }

    @Test
    void shouldNotUndoWhatWasNotRepaired() {
        bench.plant(E, "2", "1");
        bench.steps.runAt("target-write", () -> bench.target.set(E, "3"));
        bench.answerOne(repair(E, "r"));

        assertThat(bench.answerOne(undo(E, "u1", "r")).result()).isEqualTo(Result.SUPERSEDED);
        assertThat(bench.answerOne(undo(E, "u2", "unheard-of")).result()).isEqualTo(Result.FAILED);
    }

    @Test
    void shouldUndoThoughTheSourceCannotBeMapped() {
        repaired("new", "old");
        bench.source.unreadable.put(E, "extracted_data is no JSON");

        assertThat(bench.answerOne(undo(E, "u", "r")).result()).isEqualTo(Result.REPAIRED);
    }

    private void repaired(@Nullable String source, @Nullable String target) {
        bench.plant(E, source, target);
        assertThat(bench.answerOne(repair(E, "r")).result()).isEqualTo(Result.REPAIRED);
    }
}
