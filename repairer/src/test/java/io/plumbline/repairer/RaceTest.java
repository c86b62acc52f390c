package io.plumbline.repairer;

import static io.plumbline.repairer.RepairBench.entity;
import static io.plumbline.repairer.RepairBench.repair;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.RepairAnswer.Result;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/**
 * An application that dual-writes (source first, its copy some time later, or never) while an entity is being repaired.
 * Values are versions: what the target holds may never go back, and it ends as the source.
 */
class RaceTest {

    private static final EntityKey E = entity(1);

    /** Before which of a repair's steps the application commits to its source, and before which to its copy. */
    @Property(tries = 1_000)
    void shouldNeverReplaceNewerData(
            @ForAll @IntRange(min = 1, max = 16) int sourceAt,
            @ForAll @IntRange(min = 1, max = 16) int copyAt,
            @ForAll boolean missing,
            @ForAll boolean copyIsLost) {
        RepairBench bench = new RepairBench();
        bench.plant(E, "2", missing ? null : "1");
        bench.steps.at((number, step) -> {
            if (number == sourceAt) {
                bench.source.values.put(E, "3");
            }
            if (number == Math.max(sourceAt, copyAt) && !copyIsLost) {
                bench.target.set(E, "3");
            }
        });

        repairUntilEqual(bench);

        assertNothingNewerWasReplaced(bench);
        assertThat(bench.target.values.get(E)).isEqualTo(bench.source.values.get(E));
    }

    @Property(tries = 1_000)
    void shouldNeverReplaceNewerDataOfABusyApplication(@ForAll long seed) {
        RepairBench bench = new RepairBench();
        bench.plant(E, "2", "1");
        Random random = new Random(seed);
        Deque<Integer> uncopied = new ArrayDeque<>();
        int[] version = {2};
        bench.steps.at((number, step) -> {
            if (version[0] < 6 && random.nextInt(4) == 0) {
                bench.source.values.put(E, Integer.toString(++version[0]));
                uncopied.add(version[0]);
            }
            if (!uncopied.isEmpty() && random.nextInt(4) == 0) {
                bench.target.set(E, Integer.toString(uncopied.pop()));
            }
        });

        for (int attempt = 0; attempt < 30; attempt++) {
            bench.answerOne(repair(E, "r" + attempt));
        }
        bench.steps.at(null);
        repairUntilEqual(bench);

        assertThat(bench.target.values.get(E)).isEqualTo(bench.source.values.get(E));
        assertNothingNewerWasReplaced(bench);
    }

    /** As the case would: contested and mismatched ones are looked at again, which asks for another repair. */
    private static void repairUntilEqual(RepairBench bench) {
        for (int attempt = 0; attempt < 5; attempt++) {
            Result result = bench.answerOne(repair(E, "again" + attempt)).result();
            boolean equal = String.valueOf(bench.target.values.get(E)).equals(bench.source.values.get(E));
            if ((result == Result.REPAIRED || result == Result.SUPERSEDED) && equal) {
                return;
            }
        }
        throw new AssertionError("not equal after five repairs");
    }

    private static void assertNothingNewerWasReplaced(RepairBench bench) {
        assertThat(bench.target.replacements)
                .allSatisfy(write -> assertThat(version(write.after())).isGreaterThan(version(write.before())));
    }

    private static int version(@Nullable String value) {
        return value == null ? 0 : Integer.parseInt(value);
    }
}
