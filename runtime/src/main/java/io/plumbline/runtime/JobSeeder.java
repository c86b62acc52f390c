package io.plumbline.runtime;

import io.plumbline.runtime.config.DurationText;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.DatasetConfig;
import io.plumbline.topics.config.JobConfig;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.record.Job;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Writes the configured jobs to the topic {@code jobs}, and tombstones for those that are configured no more. */
public final class JobSeeder {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private JobSeeder() {}

    /** The topic must be there. Throws {@link KafkaException} where it cannot be read or written. */
    public static void seed(PlumblineConfig config, Topics topics) throws InterruptedException {
        KafkaClients clients = new KafkaClients(config.kafka());
        Map<String, Job> wanted = jobs(config);
        try (TopicReader<Job> reader = new TopicReader<>(clients.openReader(), topics.jobs, PATIENCE);
                Producer<byte[], byte[]> producer = clients.openProducer()) {
            Map<String, Job> present = reader.latest();
            List<Future<RecordMetadata>> sends = new ArrayList<>();
            wanted.forEach((name, job) -> {
                if (!job.equals(present.get(name))) {
                    sends.add(producer.send(topics.jobs.toRecord(name, job)));
                }
            });
            present.keySet().stream()
                    .filter(name -> !wanted.containsKey(name))
                    .forEach(name -> sends.add(producer.send(topics.jobs.toRecord(name, null))));
            for (Future<RecordMetadata> send : sends) {
                send.get();
            }
        } catch (ExecutionException e) {
            throw new KafkaException("cannot write the jobs to " + topics.jobs.name(), e.getCause());
        }
    }

    static Map<String, Job> jobs(PlumblineConfig config) {
        Map<String, Job> jobs = new TreeMap<>();
        config.jobs().forEach((name, job) -> jobs.put(name, job(job, config)));
        return jobs;
    }

    private static Job job(JobConfig job, PlumblineConfig config) {
        Duration window = job.window();
        if (job.kind() == JobConfig.Kind.DOCUMENTS && !job.full() && window == null && job.dataset() != null) {
            window = config.dataset(job.dataset()).window();
        }
        return new Job(job.kind(), job.dataset(), job.full(), window, job.steps(), description(job, window, config));
    }

    private static String description(JobConfig job, @Nullable Duration window, PlumblineConfig config) {
        String dataset = job.dataset() == null ? "" : job.dataset();
        return switch (job.kind()) {
            case DOCUMENTS ->
                window == null
                        ? "Compares all of " + dataset + target(dataset, config)
                        : "Compares what changed in " + dataset + " within " + DurationText.of(window)
                                + target(dataset, config);
            case OUTBOX_RETRY -> "Checks the entities of unprocessed outbox rows of " + dataset;
            case CLEAN_UP -> "Deletes processed outbox rows and expired idempotency keys of " + dataset;
            case CANDLES ->
                "%s the candles of %s in the cache, of the last %s"
                        .formatted(job.thorough() ? "Lists" : "Counts", job.exchange(), DurationText.of(lookback(job)));
            case SEQUENCE -> "Runs " + String.join(", then ", job.steps());
        };
    }

    private static Duration lookback(JobConfig job) {
        return Objects.requireNonNull(job.window(), "a candles job has a window");
    }

    private static String target(String name, PlumblineConfig config) {
        DatasetConfig dataset = config.datasets().get(name);
        return dataset == null ? "" : " with the collection " + dataset.target().collection();
    }
}
