package io.plumbline.runtime;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes an app when its process is asked to end, before whoever asked loses patience: container engines kill after ten
 * seconds. What is not closed by then ends as if it had been killed, which every part has to survive anyway. The exit
 * status says so, unless a part that failed asked for the end: then it is why.
 */
final class OrderlyEnd implements Runnable {

    static final Duration PATIENCE = Duration.ofSeconds(9);

    private static final Logger LOG = LoggerFactory.getLogger(OrderlyEnd.class);

    private final String app;
    private final AutoCloseable running;
    private final Duration patience;
    private final ProcessEnd end;
    private final IntConsumer halt;
    private final AtomicBoolean inOrder = new AtomicBoolean();

    /** @param halt ends the process at once, with that status */
    OrderlyEnd(String app, AutoCloseable running, Duration patience, ProcessEnd end, IntConsumer halt) {
        this.app = app;
        this.running = running;
        this.patience = patience;
        this.end = end;
        this.halt = halt;
    }

    @Override
    public void run() {
        // Before anything is closed: what fails while it ends is not why it ends.
        ExitStatus notInOrder = end.whenNotInOrder();
        Thread closer = Thread.ofPlatform().daemon().name("close").start(this::close);
        try {
            if (!closer.join(patience)) {
                LOG.warn("{} did not end within {}: what it has in hand is not committed", app, patience);
                halt.accept(notInOrder.code());
            } else if (!inOrder.get()) {
                halt.accept(notInOrder.code());
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
