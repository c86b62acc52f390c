package io.plumbline.runtime;

import io.plumbline.topics.Topic;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.KafkaConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the topics that are missing, and refuses to start on one that contradicts its declaration.
 *
 * <ol>
 *   <li>create what is not there (another app may do so at the same time);
 *   <li>wait until every partition of every topic answers for its offsets: producing before that can lose the first
 *       batch in spite of idempotence (KAFKA-15591);
 *   <li>compare partition counts and clean-up policies of all topics with their declarations.
 * </ol>
 */
public final class TopicCreator {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Logger LOG = LoggerFactory.getLogger(TopicCreator.class);

    private final KafkaConfig config;
    private final Admin admin;

    private TopicCreator(KafkaConfig config, Admin admin) {
        this.config = config;
        this.admin = admin;
    }

    /** Throws {@link TopicMismatchException} with all contradictions, or {@link KafkaException} where Kafka is away. */
    public static void ensure(KafkaConfig config, Topics topics) throws InterruptedException {
        try (Admin admin = new KafkaClients(config).openAdmin()) {
            TopicCreator creator = new TopicCreator(config, admin);
            creator.create(topics);
            creator.awaitLeaders(topics);
            creator.check(topics);
        }
    }

    private void create(Topics topics) throws InterruptedException {
        Set<String> present = get(admin.listTopics().names());
        List<NewTopic> missing = topics.all().stream()
                .filter(topic -> !present.contains(topic.name()))
                .map(this::newTopic)
                .toList();
        for (Map.Entry<String, KafkaFuture<Void>> created :
                admin.createTopics(missing).values().entrySet()) {
            try {
                created.getValue().get();
                LOG.info("created topic {}", created.getKey());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw new KafkaException("cannot create the topic " + created.getKey(), e.getCause());
                }
            }
        }
    }

    private NewTopic newTopic(Topic<?, ?> topic) {
        return new NewTopic(topic.name(), topic.partitions(), config.replicationFactor()).configs(topic.settings());
    }

    private void awaitLeaders(Topics topics) throws InterruptedException {
        List<String> names = names(topics);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                Map<TopicPartition, OffsetSpec> all = new HashMap<>();
                get(admin.describeTopics(names).allTopicNames())
                        .values()
                        .forEach(topic -> topic.partitions()
                                .forEach(p ->
                                        all.put(new TopicPartition(topic.name(), p.partition()), OffsetSpec.latest())));
                get(admin.listOffsets(all).all());
                return;
            } catch (RetriableException e) {
                if (System.nanoTime() > deadline) {
                    throw new KafkaException("the topics have no leaders after " + PATIENCE, e);
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    private void check(Topics topics) throws InterruptedException {
        Map<String, TopicDescription> descriptions =
                get(admin.describeTopics(names(topics)).allTopicNames());
        Map<ConfigResource, Config> settings = get(admin.describeConfigs(
                        names(topics).stream().map(TopicCreator::resource).toList())
                .all());
        List<String> errors = new ArrayList<>();
        for (Topic<?, ?> topic : topics.all()) {
            TopicDescription description = descriptions.get(topic.name());
            Config actual = settings.get(resource(topic.name()));
            if (description != null && actual != null) {
                errors.addAll(TopicContradictions.of(topic, description, actual));
            }
        }
        if (!errors.isEmpty()) {
            throw new TopicMismatchException(errors);
        }
    }

    private static List<String> names(Topics topics) {
        return topics.all().stream().<String>map(Topic::name).toList();
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    /** The future's value; its failure as the {@link KafkaException} that it is. */
    private static <T> T get(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException failure) {
                throw failure;
            }
            throw new KafkaException(e.getCause());
        }
    }
}
