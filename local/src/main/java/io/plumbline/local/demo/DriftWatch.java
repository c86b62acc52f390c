package io.plumbline.local.demo;

import io.plumbline.runtime.TopicListener;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.KafkaConfig;
import io.plumbline.topics.record.Drift;
import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.EntityKey;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What {@code drifts} has told: every drift that was ever proven, and those that are open. */
final class DriftWatch implements AutoCloseable {

    private final Map<EntityKey, DriftClass> proven = new ConcurrentHashMap<>();
    private final Set<EntityKey> open = ConcurrentHashMap.newKeySet();
    private final TopicListener<Drift> reader;

    DriftWatch(KafkaConfig kafka, Topics topics) {
        reader = Listening.to(topics.drifts, kafka, this::told);
    }

    /** By entity, as which class it was proven. */
    Map<EntityKey, DriftClass> proven() {
        return proven;
    }

    Set<EntityKey> open() {
        return open;
    }

    @Override
    public void close() {
        reader.close();
    }

    private void told(String key, @Nullable Drift drift) {
        EntityKey entity = EntityKey.parse(key);
        if (drift == null) {
            open.remove(entity);
        } else {
            proven.put(entity, drift.drift());
            open.add(entity);
        }
    }
}
