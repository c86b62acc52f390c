package io.plumbline.runtime;

import io.plumbline.topics.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.TopicConfig;

/** In what an existing topic contradicts its declaration, and what to do about it. */
final class TopicContradictions {

    private TopicContradictions() {}

    static List<String> of(Topic<?, ?> declared, TopicDescription description, Config settings) {
        List<String> errors = new ArrayList<>();
        int partitions = description.partitions().size();
        if (partitions != declared.partitions()) {
            errors.add(
                    "%s has %d partitions, declared are %d: keys would go to other partitions than before. Set kafka.partitions to %d, or use another kafka.topic-prefix, or delete the topic while all apps are stopped"
                            .formatted(declared.name(), partitions, declared.partitions(), partitions));
        }
        ConfigEntry cleanup = settings.get(TopicConfig.CLEANUP_POLICY_CONFIG);
        String wanted = declared.settings().getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, "delete");
        if (cleanup != null && !policies(cleanup.value()).equals(policies(wanted))) {
            errors.add(
                    "%1$s has cleanup.policy=%2$s, declared is %3$s. Run: kafka-configs.sh --alter --entity-type topics --entity-name %1$s --add-config cleanup.policy=[%3$s]"
                            .formatted(declared.name(), cleanup.value(), wanted));
        }
        return errors;
    }

    private static Set<String> policies(String value) {
        return Set.of(value.replace(" ", "").split(","));
    }
}
