package io.plumbline.bench;

import io.plumbline.reconciler.ReconcilerMain;
import io.plumbline.runtime.KafkaClients;
import io.plumbline.runtime.TopicCreator;
import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.record.AnswerStatus;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunStatus;
import io.plumbline.topics.record.Trigger;
import io.plumbline.topics.record.Work;
import io.plumbline.topics.record.WorkAnswer;
import io.plumbline.topics.record.WorkCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/** A reconciler as a process of its own, and the runs that it is asked for. */
final class Reconciler implements AutoCloseable {

    private static final String JOB = "customers-full";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final JavaProcess process;
    private final PlumblineConfig config;
    private final Topics topics;
    private int requests;

    private Reconciler(JavaProcess process, PlumblineConfig config) {
        this.process = process;
        this.config = config;
        this.topics = new Topics(config.kafka().topicPrefix(), config.kafka().partitions());
    }

    /** Starts it for scans and waits until it has answered a request. */
    static Reconciler start(BenchParts parts, String heap) throws InterruptedException {
        Path file = parts.config("scan.", Customers.config("{}", "deadline: 1h"));
        PlumblineConfig config = ConfigFile.load(file, Map.of());
        TopicCreator.ensure(
                config.kafka(),
                new Topics(config.kafka().topicPrefix(), config.kafka().partitions()));
        JavaProcess process = JavaProcess.start(
                ReconcilerMain.class.getName(),
                List.of("-Xmx" + heap),
                parts.directory().resolve("reconciler.log"),
                file.toString());
        return new Reconciler(process, config);
    }

    /** Scans everything; returns the milliseconds from the first segment's command to the last answer. */
    double scan(long rows) {
        Trigger trigger =
                new Trigger(JOB, true, null, null, null, null, "bench", "bench-" + ++requests, null, null, null);
        Times times = new Times();
        CpuClock clock = CpuClock.start(process);
        try (RunWatch watch = new RunWatch(
                        config.kafka(), topics, List.of(topics.work, topics.workAnswers, topics.reconciliationReport));
                Producer<byte[], byte[]> producer = new KafkaClients(config.kafka()).openProducer()) {
            producer.send(topics.manualTrigger.toRecord(JOB, trigger)).get(30, TimeUnit.SECONDS);
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (times.report == null) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("the run did not end within " + PATIENCE);
                }
                watch.poll((value, record) -> times.take(value, record.timestamp()));
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the trigger was not accepted", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        times.check(rows);
        Console.say(
                "  scan of %,d rows: %d ms, %d segments; %s", rows, times.last - times.first, times.segments, clock);
        return times.last - times.first;
    }

    @Override
    public void close() {
        process.close();
    }

    /** What a run's records say of its times. */
    private static final class Times {
        private long first = Long.MAX_VALUE;
        private long last;
        private int segments;
        private @Nullable Report report;

        void take(Object value, long timestamp) {
            if (value instanceof WorkCommand command && command.work() instanceof Work.CompareRange) {
                first = Math.min(first, timestamp);
                segments++;
            } else if (value instanceof WorkAnswer answer && answer.status() == AnswerStatus.DONE) {
                last = Math.max(last, timestamp);
            } else if (value instanceof Report found && found.status().isFinal()) {
                report = found;
            }
        }

        void check(long rows) {
            Report found = report;
            if (found == null
                    || found.status() != RunStatus.COMPLETED
                    || found.counter("checked") != rows
                    || found.counter("matched") != rows) {
                throw new IllegalStateException("the scan did not find " + rows + " identical rows: " + found);
            }
        }
    }
}
