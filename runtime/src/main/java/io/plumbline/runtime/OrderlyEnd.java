package io.plumbline.runtime;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes an app when its process is asked to end, before whoever asked loses patience: container engines kill after ten
 * seconds. What is not closed by then ends as if it had been killed, which every part has to survive anyway.
 */
final class OrderlyEnd implements Runnable {

    static final Duration PATIENCE = Duration.ofSeconds(9);

    private static final Logger LOG = LoggerFactory.getLogger(OrderlyEnd.class);

    private final String app;
    private final AutoCloseable running;
    private final Duration patience;
    private final IntConsumer halt;
    private final AtomicBoolean inOrder = new AtomicBoolean();

    /** @param halt ends the process at once, with that status */
    OrderlyEnd(String app, AutoCloseable running, Duration patience, IntConsumer halt) {
        this.app = app;
        this.running = running;
        this.patience = patience;
        this.halt = halt;
    }

    @Override
    public void run() {
        Thread closer = Thread.ofPlatform().daemon().name("close").start(this::close);
        try {
            if (!closer.join(patience)) {
                LOG.warn("{} did not end within {}: what it has in hand is not committed", app, patience);
                halt.accept(ExitStatus.NOT_IN_ORDER.code());
            } else if (!inOrder.get()) {
                halt.accept(ExitStatus.NOT_IN_ORDER.code());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void close() {
        try {
            running.close();
            inOrder.set(true);
            LOG.info("{} has ended", app);
        } catch (Exception e) { // whatever AutoCloseable declares; the process ends either way
            LOG.warn("{} did not end in order", app, e);
        }
    }
}
