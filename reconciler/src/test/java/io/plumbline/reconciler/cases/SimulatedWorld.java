package io.plumbline.reconciler.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.Look;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The oracle: one entity in two stores and an application that writes the source first and copies within the grace,
 * except where it crashes in between. It remembers what the source held when, and so knows which differences a copy explains.
 */
final class SimulatedWorld {

    static final EntityKey ENTITY = EntityKey.of("mails", "a/b", "7");

    private final PriorityQueue<Planned> agenda =
            new PriorityQueue<>(Comparator.comparingLong(Planned::at).thenComparingLong(Planned::number));
    private final List<Write> writes = new ArrayList<>();
    private final Random random;
    private final long grace;
    private long planned;
    private long lastCopy;
    private int contents;
    long now = 1_000_000;

    /** Whether rows are deleted too: the one content that comes back. */
    boolean deletes = true;

    @Nullable
    String source = "c0";

    long order = 1;

    @Nullable
    String target = "c0";

    private record Planned(long at, long number, Runnable what) {}

    /** A write of the source, and what it holds from then on. */
    private record Write(long at, @Nullable String content) {}

    SimulatedWorld(Random random, long grace) {
        this.random = random;
        this.grace = grace;
        writes.add(new Write(0, source));
    }

    void after(long delay, Runnable what) {
        agenda.add(new Planned(now + delay, planned++, what));
    }

    long upTo(long bound) {
        return random.nextLong(bound);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** Runs what is planned until then; what is planned later stays so. */
    void runUntil(long end) {
        int steps = 0;
        while (!agenda.isEmpty() && agenda.element().at() <= end) {
            Planned next = agenda.remove();
            now = Math.max(now, next.at());
            next.what().run();
            assertThat(++steps).as("steps: something goes round in a circle").isLessThan(100_000);
        }
        now = end;
    }

    /** The application writes the source, and copies within the grace; copies keep their order. */
    void write(boolean changing, boolean crash) {
        if (changing) {
            source = deletes && source != null && chance(15) ? null : newContent();
        }
        order++;
        String copy = source;
        writes.add(new Write(now, copy));
        if (!crash) {
            lastCopy = Math.min(now + grace, Math.max(lastCopy, now + 1 + upTo(grace)));
            after(lastCopy - now, () -> target = copy);
        }
    }

    String newContent() {
        return "c" + ++contents;
    }

    /** Somebody edits the target by hand. */
    void edit() {
        target = target != null && chance(30) ? null : "edit" + ++contents;
    }

    boolean isEqual() {
        return Objects.equals(source, target);
    }

    /** One look: the two sides as they were read, at two times. */
    record Reading(
            @Nullable String target,
            long targetAt,
            @Nullable String source,
            @Nullable String order,
            long sourceAt) {

        Look look() {
            String left = source == null ? Look.ABSENT : source;
            String right = target == null ? Look.ABSENT : target;
            return Looks.of(left, order, right);
        }
    }

    Reading withSource(@Nullable String targetThen, long targetAt) {
        return new Reading(targetThen, targetAt, source, source == null ? null : Long.toString(order), now);
    }

    /**
     * The oracle's verdict: the target holds what the source held at some time within the grace before, so that a copy
     * under way explains the difference. Of a target that holds anything else the application's copies are innocent.
     */
    boolean isExplained(Reading reading) {
        for (int i = 0; i < writes.size(); i++) {
            Write write = writes.get(i);
            long until = i + 1 < writes.size() ? writes.get(i + 1).at() : Long.MAX_VALUE;
            boolean held = until > reading.targetAt() - grace && write.at() <= reading.sourceAt();
            if (held && Objects.equals(write.content(), reading.target())) {
                return true;
            }
        }
        return false;
    }
}
