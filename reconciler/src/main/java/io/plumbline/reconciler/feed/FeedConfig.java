package io.plumbline.reconciler.feed;

import io.plumbline.runtime.config.ConfigException;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.JobConfig;
import io.plumbline.topics.config.KafkaConfig;
import io.plumbline.topics.config.OutboxConfig;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.config.PostgresConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the outbox feed needs of the configuration. */
record FeedConfig(KafkaConfig kafka, Topics topics, PostgresConfig postgres, List<Feed> feeds) {

    /**
     * One dataset's outbox.
     *
     * @param fullJob the job that compares all of the dataset, for when changes were lost
     * @param retryJob the job that retries the outbox, for what was committed before there was a slot; {@code null}
     *     where none is declared
     */
    record Feed(
            String dataset,
            OutboxConfig outbox,
            String fullJob,
            @Nullable String retryJob) {}

    /** Throws {@link ConfigException} where there is no PostgreSQL to read the log of. */
    static FeedConfig of(PlumblineConfig config) {
        if (!config.hasPostgres()) {
            throw new ConfigException(
                    List.of(
                            "postgres: is not configured, whose log the outbox feed reads; right is one with datasets that have an outbox, or no outbox feed"));
        }
        KafkaConfig kafka = config.kafka();
        List<Feed> feeds = config.datasets().keySet().stream()
                .sorted()
                .flatMap(dataset -> Optional.ofNullable(config.dataset(dataset).outbox()).stream()
                        .map(outbox -> new Feed(dataset, outbox, fullJob(config, dataset), retryJob(config, dataset))))
                .toList();
        return new FeedConfig(kafka, new Topics(kafka.topicPrefix(), kafka.partitions()), config.postgres(), feeds);
    }

    /** The group whose one member with the partition of {@code outbox-positions} is the active feed. */
    String group() {
        return kafka.topicPrefix() + "plumbline-outbox-feed";
    }

    /** The same in every process: whoever opens it last fences all others. */
    String transactionalId(Feed feed) {
        return group() + "-" + feed.dataset();
    }

    /** The derived one; where it was declared otherwise, any full job of the dataset, or else its plain one. */
    private static String fullJob(PlumblineConfig config, String dataset) {
        String found = job(config, dataset + "-full", job -> isFull(job, dataset));
        return found == null ? dataset : found;
    }

    private static boolean isFull(JobConfig job, String dataset) {
        return job.kind() == JobConfig.Kind.DOCUMENTS && job.full() && dataset.equals(job.dataset());
    }

    private static @Nullable String retryJob(PlumblineConfig config, String dataset) {
        return job(
                config,
                dataset + "-outbox-retry",
                job -> job.kind() == JobConfig.Kind.OUTBOX_RETRY && dataset.equals(job.dataset()));
    }

    private static @Nullable String job(PlumblineConfig config, String derived, Predicate<JobConfig> fits) {
        JobConfig known = config.jobs().get(derived);
        if (known != null && fits.test(known)) {
            return derived;
        }
        return config.jobs().entrySet().stream()
                .filter(job -> fits.test(job.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst()
                .orElse(null);
    }
}
