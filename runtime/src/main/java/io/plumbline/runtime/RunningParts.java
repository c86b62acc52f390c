package io.plumbline.runtime;

import java.util.ArrayDeque;
import java.util.Deque;

/** Parts that were started, closed together, the last started first; all of them, whatever happens to one. */
public final class RunningParts implements AutoCloseable {

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    public void add(AutoCloseable part) {
        parts.push(part);
    }

    @Override
    public void close() {
        IllegalStateException failure = new IllegalStateException("not every part ended cleanly");
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failure.addSuppressed(e);
            } catch (Exception e) { // whatever AutoCloseable declares; thrown below
                failure.addSuppressed(e);
            }
        }
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }
}
