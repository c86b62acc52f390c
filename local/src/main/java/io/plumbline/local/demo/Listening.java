package io.plumbline.local.demo;

import io.plumbline.runtime.KafkaClients;
import io.plumbline.runtime.TopicListener;
import io.plumbline.topics.Topic;
import io.plumbline.topics.config.KafkaConfig;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the demo listens to topics: it goes on where that fails, and then misses what it waits for. */
final class Listening {

    private static final Logger LOG = LoggerFactory.getLogger(Listening.class);

    private Listening() {}

    static <V> TopicListener<V> to(
            Topic<String, V> topic, KafkaConfig kafka, BiConsumer<String, @Nullable V> listener) {
        return TopicListener.start(
                topic,
                new KafkaClients(kafka).openReader(),
                listener,
                (who, failure) -> LOG.error("{} has ended", who, failure));
    }
}
