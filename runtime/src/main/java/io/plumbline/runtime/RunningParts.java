package io.plumbline.runtime;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.plumbline.topics.config.AppsConfig;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;

/** Parts that were started, closed together, the last started first; all of them, whatever happens to one. */
public final class RunningParts implements AutoCloseable {

    /** Starts parts one after the other. */
    @FunctionalInterface
    public interface Start {
        void into(RunningParts parts) throws Exception;
    }

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /** Starts all or nothing: where a part does not start, those before it are closed again. */
    public static RunningParts start(Start start) throws Exception {
        RunningParts parts = new RunningParts();
        boolean started = false;
        try {
            start.into(parts);
            started = true;
            return parts;
        } finally {
            if (!started) {
                parts.close();
            }
        }
    }

    public <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    /** Answers metrics and health where the configuration asks for it. */
    public void addMetrics(AppsConfig apps, PrometheusMeterRegistry meters, BooleanSupplier ready) {
        Integer port = apps.metricsPort();
        if (port != null) {
            add(MetricsServer.start(apps.metricsAddress(), port, meters, ready));
        }
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
