package io.plumbline.repairer;

import static io.plumbline.repairer.RepairBench.entity;
import static io.plumbline.repairer.RepairBench.repair;
import static io.plumbline.repairer.RepairBench.undo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.plumbline.topics.record.RepairAnswer;
import io.plumbline.topics.record.RepairCommand;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A crash at every step of a batch that holds every kind of repair, and a replay: it ends as if undisturbed. */
class CrashTest {

    private static final List<RepairCommand> COMMANDS = List.of(
            repair(entity(1), "insert"),
            repair(entity(2), "replace"),
            repair(entity(3), "delete"),
            repair(entity(4), "equal"),
            undo(entity(5), "undo", "earlier"),
            repair(entity(2), "replace-again"),
            repair(entity(6), "refused"));

    @Test
    void shouldEndAsIfUndisturbedWhereverItCrashes() {
        RepairBench undisturbed = planted();
        List<RepairAnswer> expected = undisturbed.answer(COMMANDS);
        int steps = undisturbed.steps.passed.size();

        for (int step = 1; step <= steps; step++) {
            RepairBench bench = planted();
            bench.steps.crashAt(step);
            EntityRepairerTest.crashing(() -> bench.answer(COMMANDS));

            assertThat(bench.answer(COMMANDS))
                    .as("crash at step %s, %s", step, undisturbed.steps.passed.get(step - 1))
                    .isEqualTo(expected);
            assertThat(bench.target.values).isEqualTo(undisturbed.target.values);
            assertThat(bench.target.history).isEqualTo(undisturbed.target.history);
            assertThat(bench.journal.entries).isEqualTo(undisturbed.journal.entries);
        }
        assertThat(steps).isGreaterThan(20);
    }

    @Test
    void shouldEndAsIfUndisturbedWhereverItCrashesTwice() {
        RepairBench undisturbed = planted();
        List<RepairAnswer> expected = undisturbed.answer(COMMANDS);
        int steps = undisturbed.steps.passed.size();

        for (int first = 1; first <= steps; first++) {
            for (int second = 1; second <= steps; second++) {
                RepairBench bench = planted();
                for (int step : List.of(first, second)) {
                    bench.steps.crashAt(step);
                    crashingOrNot(() -> bench.answer(COMMANDS));
                }
                bench.steps.at(null);

                assertThat(bench.answer(COMMANDS)).isEqualTo(expected);
                assertThat(bench.target.history).isEqualTo(undisturbed.target.history);
            }
        }
    }

    @Test
    void shouldHaveNoDoubleEffectWhereEveryCommandIsDeliveredTwice() {
        RepairBench bench = planted();

        List<RepairAnswer> first = bench.answer(COMMANDS);
        Map<?, ?> history = Map.copyOf(bench.target.history);
        List<RepairAnswer> second = bench.answer(COMMANDS);

        assertThat(second).isEqualTo(first);
        assertThat(bench.target.history).isEqualTo(history);
    }

    @Test
    void shouldHaveNoDoubleEffectWhereEveryCommandIsThereTwiceInABatch() {
        RepairBench bench = planted();
        RepairBench undisturbed = planted();
        List<RepairCommand> twice = IntStream.range(0, 2 * COMMANDS.size())
                .mapToObj(i -> COMMANDS.get(i / 2))
                .toList();

        List<RepairAnswer> answers = bench.answer(twice);

        undisturbed.answer(COMMANDS);
        assertThat(bench.target.history).isEqualTo(undisturbed.target.history);
        assertThat(answers).hasSize(twice.size());
    }

    /** A replay of what is half done has fewer steps: then the crash does not come. */
    private static void crashingOrNot(Runnable work) {
        Throwable thrown = catchThrowable(work::run);
        assertThat(thrown == null || thrown instanceof Steps.Crash).isTrue();
    }

    private static RepairBench planted() {
        RepairBench bench = new RepairBench();
        bench.plant(entity(1), "new", null);
        bench.plant(entity(2), "new", "old");
        bench.plant(entity(3), null, "old");
        bench.plant(entity(4), "same", "same");
        bench.plant(entity(5), "new", "old");
        bench.plant(entity(6), "new", "old");
        bench.target.refused.put(entity(6), "too large");
        bench.answer(repair(entity(5), "earlier"));
        bench.steps.at(null);
        return bench;
    }
}
