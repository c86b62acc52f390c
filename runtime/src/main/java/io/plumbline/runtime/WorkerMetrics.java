package io.plumbline.runtime;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** What a worker loop measures, tagged with the worker's name. */
final class WorkerMetrics {

    final Timer batches;
    final Counter records;
    final Counter deadLetters;
    final Counter failures;

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
    }

    private static Counter counter(String name, String description, String unit, String worker, MeterRegistry meters) {
        return Counter.builder(name)
                .description(description)
                .baseUnit(unit)
                .tag("worker", worker)
                .register(meters);
    }
}
