package io.plumbline.repairer;

import static io.plumbline.repairer.RepairBench.entity;
import static io.plumbline.repairer.RepairBench.repair;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.stores.StoreUnavailableException;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.RepairAnswer;
import io.plumbline.topics.record.RepairAnswer.Result;
import io.plumbline.topics.record.RepairCommand;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreAwayTest {

    private static final EntityKey E = entity(1);

    private final RepairBench bench = new RepairBench();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "journal-find",
                "target-find",
                "target-found",
                "source-find",
                "journal-intend",
                "journal-intended",
                "target-write",
                "target-written",
                "journal-complete",
                "journal-completed"
            })
    void shouldAnswerUnavailableAndBeDoneWhenAskedAgain(String step) {
        bench.plant(E, "new", "old");
        bench.steps.awayAt(step);

        assertThat(bench.answerOne(repair(E, "r")).result()).isEqualTo(Result.UNAVAILABLE);

        bench.steps.at(null);
        assertThat(bench.answerOne(repair(E, "r")))
                .isEqualTo(new RepairAnswer(E, "r", "run", Result.REPAIRED, "old", "new", "digest of new", null));
        assertThat(bench.target.written).isEqualTo(1);
    }

    @Test
    void shouldAnswerUnavailableOnlyWhatWasNotDecided() {
        bench.plant(E, "new", "old");
        bench.plant(entity(2), "same", "same");
        bench.plant(entity(3), "new", "old");
        bench.answer(repair(entity(3), "r3"));
        RepairCommand expired = new RepairCommand(entity(4), "r4", "run", RepairBench.NOW.minusMillis(1), null);
        bench.steps.awayAt("target-write");

        List<RepairAnswer> answers =
                bench.answer(repair(E, "r1"), repair(entity(2), "r2"), repair(entity(3), "r3"), expired);

        assertThat(answers)
                .extracting(RepairAnswer::result)
                .containsExactly(Result.UNAVAILABLE, Result.SUPERSEDED, Result.REPAIRED, Result.EXPIRED);
        assertThat(answers.getFirst().reason()).contains("target-write is unavailable");
    }

    @Test
    void shouldExpireThoughTheJournalIsAway() {
        bench.steps.awayAt("journal-find");

        RepairCommand expired = new RepairCommand(E, "r", "run", RepairBench.NOW.minusMillis(1), null);

        assertThat(bench.answerOne(expired).result()).isEqualTo(Result.EXPIRED);
    }

    @Test
    void shouldRecogniseAWriteThatArrivedWhileItWasRepeated() {
        bench.plant(E, "new", "old");
        bench.steps.awayAt("target-write");
        bench.answerOne(repair(E, "r"));
        bench.steps.runAt("target-write", () -> bench.target.set(E, "new"));

        assertThat(bench.answerOne(repair(E, "r")).result()).isEqualTo(Result.REPAIRED);
    }

    @Test
    void shouldGoOnWithOthersWhenTheTargetGoesAwayWithinABulkWrite() {
        bench.plant(E, "new", "old");
        bench.plant(entity(2), "new", "old");
        bench.steps.at((number, step) -> {
            if (step.equals("target-written-one")) {
                throw new StoreUnavailableException("target", new IOException("reset"));
            }
        });
        List<RepairCommand> commands = List.of(repair(E, "r1"), repair(entity(2), "r2"));
        bench.answer(commands);
        bench.steps.at(null);

        assertThat(bench.answer(commands)).extracting(RepairAnswer::result).containsOnly(Result.REPAIRED);
        assertThat(bench.target.written).isEqualTo(2);
    }
}
