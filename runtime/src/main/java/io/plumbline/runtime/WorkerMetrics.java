package io.plumbline.runtime;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a worker loop measures, tagged with the worker's name. */
final class WorkerMetrics {

    final Timer batches;
    final Counter records;
    final Counter deadLetters;
    final Counter failures;
    private final Map<WorkerSession<?>, Integer> waiting = new ConcurrentHashMap<>();

    WorkerMetrics(String worker, MeterRegistry meters) {
        batches = Timer.builder("plumbline.worker.batch")
                .description("Time from a batch's poll to its commit")
                .tag("worker", worker)
                .register(meters);
        records = counter("plumbline.worker.records", "Commands answered", "records", worker, meters);
        deadLetters =
                counter("plumbline.worker.dead.letters", "Records that could not be read", "records", worker, meters);
        failures = counter(
                "plumbline.worker.failures", "Batches that failed and were repeated", "batches", worker, meters);
        Gauge.builder(
                        "plumbline.worker.waiting",
                        waiting,
                        sessions -> sessions.values().stream()
                                .mapToInt(Integer::intValue)
                                .sum())
                .description(
                        "Partitions that are not read: their committed offset is in a transaction which is not over")
                .baseUnit("partitions")
                .tag("worker", worker)
                .register(meters);
    }

    /** How many partitions of a session cannot be read, because it is not known where to begin; 0 when it has ended. */
    void waiting(WorkerSession<?> session, int partitions) {
        if (partitions == 0) {
            waiting.remove(session);
        } else {
            waiting.put(session, partitions);
        }
    }

    private static Counter counter(String name, String description, String unit, String worker, MeterRegistry meters) {
        return Counter.builder(name)
                .description(description)
                .baseUnit(unit)
                .tag("worker", worker)
                .register(meters);
    }
}
