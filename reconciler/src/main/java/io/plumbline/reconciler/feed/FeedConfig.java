package io.plumbline.reconciler.feed;

import io.plumbline.topics.Topics;
import io.plumbline.topics.config.JobConfig;
import io.plumbline.topics.config.KafkaConfig;
import io.plumbline.topics.config.OutboxConfig;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.config.PostgresConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the outbox feed needs of the configuration. */
record FeedConfig(KafkaConfig kafka, Topics topics, PostgresConfig postgres, List<Feed> feeds) {

    /**
     * One dataset's outbox.
     *
     * @param fullJob the job that compares all of the dataset, for when changes were lost
     */
    record Feed(String dataset, OutboxConfig outbox, String fullJob) {}

    static FeedConfig of(PlumblineConfig config) {
        KafkaConfig kafka = config.kafka();
        List<Feed> feeds = config.datasets().keySet().stream()
                .sorted()
                .flatMap(dataset -> Optional.ofNullable(config.dataset(dataset).outbox()).stream()
                        .map(outbox -> new Feed(dataset, outbox, fullJob(config, dataset))))
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
        String derived = dataset + "-full";
        if (isFull(config.jobs().get(derived), dataset)) {
            return derived;
        }
        return config.jobs().entrySet().stream()
                .filter(job -> isFull(job.getValue(), dataset))
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst()
                .orElse(dataset);
    }

    private static boolean isFull(@Nullable JobConfig job, String dataset) {
        return job != null && job.kind() == JobConfig.Kind.DOCUMENTS && job.full() && dataset.equals(job.dataset());
    }
}
