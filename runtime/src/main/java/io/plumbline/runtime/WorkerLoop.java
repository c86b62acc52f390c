package io.plumbline.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.topics.Topic;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.KafkaConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * A worker: members of one consumer group that answer commands, exactly once per command on Kafka.
 *
 * <p>Each thread has a consumer and a transactional producer and goes round so:
 *
 * <ol>
 *   <li>poll a batch and read its values; a record that cannot be read becomes a dead letter;
 *   <li>hand the batch to the handler, outside of any transaction;
 *   <li>commit answers, dead letters and offsets in one transaction, fenced by the group's generation.
 * </ol>
 *
 * <p>When the handler throws, nothing is committed and the same batch is polled again after a pause; when Kafka fails,
 * the clients are closed and opened again, from the committed offsets. After {@link WorkerThread#FAILURES} failures in
 * a row the loop stops and tells the {@link FatalHandler}: it never skips.
 */
public final class WorkerLoop implements AutoCloseable {

    /**
     * @param name the worker's; its consumer group is {@code <topic prefix>plumbline-<name>}
     * @param maxBatch records handed over at a time, at most
     */
    public record Settings<V>(
            String name,
            Topic<String, V> input,
            int threads,
            int maxBatch,
            BatchHandler<V> handler,
            KafkaConfig kafka,
            Topics topics,
            MeterRegistry meters) {

        String group() {
            return kafka.topicPrefix() + "plumbline-" + name;
        }
    }

    private final List<WorkerThread<?>> threads;

    private WorkerLoop(List<WorkerThread<?>> threads) {
        this.threads = threads;
    }

    /** Starts a worker whose final failure ends the process. */
    public static <V> WorkerLoop start(Settings<V> settings) {
        return start(settings, FatalHandler.exitProcess());
    }

    public static <V> WorkerLoop start(Settings<V> settings, FatalHandler fatal) {
        WorkerMetrics metrics = new WorkerMetrics(settings.name(), settings.meters());
        List<WorkerThread<?>> threads = new ArrayList<>();
        for (int i = 1; i <= settings.threads(); i++) {
            WorkerThread<V> thread = new WorkerThread<>(settings, i, metrics, fatal);
            threads.add(thread);
            thread.start();
        }
        return new WorkerLoop(threads);
    }

    /**
     * Lets the batches in hand end, and leaves the group. Throws {@link IllegalStateException} where one took too long
     * and was broken off.
     */
    @Override
    public void close() {
        threads.forEach(WorkerThread::askToStop);
        RunningParts stopping = new RunningParts();
        threads.forEach(thread -> stopping.add(thread::awaitStop));
        stopping.close();
    }
}
