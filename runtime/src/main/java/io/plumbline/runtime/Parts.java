package io.plumbline.runtime;

import java.util.ArrayDeque;
import java.util.Deque;

/** What an app has started so far; closes it in the reverse order, everything even where something does not close well. */
@SuppressWarnings("try") // closing parts throws whatever they throw, an interrupt too
public final class Parts implements AutoCloseable {

    /** Starts parts one after the other. */
    @FunctionalInterface
    public interface Start {
        void into(Parts parts) throws Exception;
    }

    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    /** Starts all or nothing: where a part does not start, those before it are closed again. */
    public static Parts start(Start start) throws Exception {
        Parts parts = new Parts();
        try {
            start.into(parts);
            return parts;
        } catch (Exception failure) { // whatever a part's start declares
            try {
                parts.close();
            } catch (Exception e) {
                failure.addSuppressed(e);
            }
            throw failure;
        }
    }

    public <T extends AutoCloseable> T add(T part) {
        started.push(part);
        return part;
    }

    @Override
    public void close() throws Exception {
        Exception failure = null;
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) { // whatever AutoCloseable declares
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
