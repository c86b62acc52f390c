package io.plumbline.local.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * What is done to a system while it works, in an order that a seed repeats: every few seconds a process is killed, and
 * another started in its place; between, each of the other disturbances happens once.
 */
public final class Disturbances {

    private static final int SHORTEST_PAUSE = 3_000;
    private static final int LONGEST_PAUSE = 7_000;

    private final Fleet fleet;
    private final Random random;
    private final List<Named> others = new ArrayList<>();

    public Disturbances(Fleet fleet, Random random) {
        this.fleet = fleet;
        this.random = random;
    }

    /** What is done to a part of the system; it has happened when this returns. */
    @FunctionalInterface
    public interface Disturbance {
        void happen() throws Exception;
    }

    private record Named(String name, Disturbance begin, Disturbance end) {}

    /** Adds another disturbance than that a process is killed. */
    public Disturbances with(String name, Disturbance disturbance) {
        others.add(new Named(name, disturbance, () -> {}));
        return this;
    }

    /** Cuts the connections that go this way, and at another time makes it slow until the next disturbance. */
    public Disturbances with(String name, CuttingProxy proxy, Duration delay) {
        others.add(
                new Named("slow connections to " + name, () -> proxy.delay(delay), () -> proxy.delay(Duration.ZERO)));
        return with("cut connections to " + name, proxy::cut);
    }

    /** Disturbs for so long, or until everything has happened once, and leaves every process running. */
    public void run(Duration duration) throws Exception {
        Instant start = Instant.now();
        Instant end = start.plus(duration);
        Deque<Named> left = shuffled();
        Duration apart = duration.dividedBy(left.size() + 1);
        Disturbance current = () -> {};
        for (Instant next = start.plus(apart); Instant.now().isBefore(end) || !left.isEmpty(); pause()) {
            fleet.restartEnded();
            if (!left.isEmpty() && !Instant.now().isBefore(next)) {
                current.happen();
                Named other = left.pop();
                fleet.note(other.name());
                other.begin().happen();
                current = other.end();
                next = next.plus(apart);
            }
            fleet.replace(fleet.names().get(random.nextInt(fleet.names().size())));
        }
        current.happen();
        fleet.restartEnded();
    }

    private Deque<Named> shuffled() {
        List<Named> shuffled = new ArrayList<>(others);
        Collections.shuffle(shuffled, random);
        return new ArrayDeque<>(shuffled);
    }

    private void pause() {
        int millis = SHORTEST_PAUSE + random.nextInt(LONGEST_PAUSE - SHORTEST_PAUSE);
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }
}
