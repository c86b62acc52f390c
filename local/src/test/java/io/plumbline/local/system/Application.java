package io.plumbline.local.system;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An application that goes on writing both stores, source first and the copy within {@code longestCopy}; the copies of one
 * entity are made in the order of its writes. Entities in {@code avoided} are left alone.
 */
final class Application implements AutoCloseable {

    private static final int LANES = 4;

    private final TwoStores stores;
    private final int accountCount;
    private final int clientCount;
    private final Duration longestCopy;
    private final Set<String> avoided;
    private final Random random;
    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
    private final List<ScheduledExecutorService> lanes = new ArrayList<>();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong writes = new AtomicLong();

    Application(
            TwoStores stores,
            int accountCount,
            int clientCount,
            Duration longestCopy,
            Duration pause,
            Set<String> avoided,
            long seed) {
        this.stores = stores;
        this.accountCount = accountCount;
        this.clientCount = clientCount;
        this.longestCopy = longestCopy;
        this.avoided = avoided;
        this.random = new Random(seed);
        for (int i = 0; i < LANES; i++) {
            lanes.add(Executors.newSingleThreadScheduledExecutor());
        }
        var unused = writer.scheduleWithFixedDelay(this::write, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void write() {
        try {
            BigDecimal amount = BigDecimal.valueOf(random.nextInt(1_000_000), 2);
            if (random.nextBoolean()) {
                long id = 1L + random.nextInt(accountCount);
                if (!avoided.contains("accounts/" + id)) {
                    String name = "Renamed " + random.nextInt();
                    stores.writeAccount(id, name, amount);
                    copyLater(id, () -> stores.copyAccount(id, name, amount));
                }
            } else {
                long client = 1L + random.nextInt(clientCount);
                int creditor = random.nextInt(TwoStores.CREDITORS);
                if (!avoided.contains("debts/" + client + "/" + TwoStores.creditorInTarget(creditor))) {
                    stores.writeDebt(client, creditor, amount);
                    copyLater(client, () -> stores.copyDebt(client, creditor, amount));
                }
            }
            writes.incrementAndGet();
        } catch (SQLException | RuntimeException e) {
            failures.add(e);
            throw new IllegalStateException(e);
        }
    }

    /** A lane delays each of its copies by the same time, so that copies of one entity keep their order. */
    private void copyLater(long entity, Runnable copy) {
        int lane = (int) (entity % LANES);
        long delay = longestCopy.toMillis() * lane / LANES;
        var unused = lanes.get(lane)
                .schedule(
                        () -> {
                            try {
                                copy.run();
                            } catch (RuntimeException e) {
                                failures.add(e);
                            }
                        },
                        delay,
                        TimeUnit.MILLISECONDS);
    }

    long writes() {
        return writes.get();
    }

    /** Stops writing and waits until the last copy is made. */
    @Override
    public void close() throws InterruptedException {
        stop(writer);
        for (ScheduledExecutorService lane : lanes) {
            stop(lane);
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException("the application failed", failures.peek());
        }
    }

    private static void stop(ScheduledExecutorService executor) throws InterruptedException {
        executor.shutdown();
        if (!executor.awaitTermination(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the application does not stop");
        }
    }
}
