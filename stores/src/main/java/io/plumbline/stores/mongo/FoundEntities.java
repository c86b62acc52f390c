package io.plumbline.stores.mongo;

import io.plumbline.stores.TargetEntity;
import io.plumbline.stores.mapping.DatasetMapping;
import io.plumbline.topics.record.EntityKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the entities that were asked for from the documents that hold them; what is found twice is unreadable. */
final class FoundEntities {

    private final DatasetMapping mapping;
    private final TargetReader reader;
    private final Map<EntityKey, TargetEntity> found = new LinkedHashMap<>();
    private final Map<List<String>, List<EntityKey>> byDocument = new HashMap<>();
    private final Set<List<String>> documents = new HashSet<>();

    FoundEntities(DatasetMapping mapping, Collection<EntityKey> keys) {
        this.mapping = mapping;
        this.reader = new TargetReader(mapping);
        for (EntityKey key : keys) {
            if (found.put(key, new TargetEntity(key, null, false, null)) == null && mapping.canExist(key)) {
                byDocument
                        .computeIfAbsent(documentKey(key), none -> new ArrayList<>())
                        .add(key);
            }
        }
    }

    private List<String> documentKey(EntityKey key) {
        List<String> parts = new ArrayList<>(key.parts().size());
        for (int i = 0; i < key.parts().size(); i++) {
            if (!mapping.key().get(i).inElement()) {
                parts.add(key.parts().get(i));
            }
        }
        return parts;
    }

    boolean canExist() {
        return !byDocument.isEmpty();
    }

    void take(byte[] document) {
        reader.begin(document);
        List<String> key = reader.documentKey();
        List<EntityKey> asked = key == null ? null : byDocument.get(key);
        if (key == null || asked == null) {
            return; // another document that the filter let through
        }
        if (!documents.add(key)) {
            unreadable(asked, "several documents have its key");
            return;
        }
        for (EntityKey entity : asked) {
            found.put(entity, new TargetEntity(entity, null, true, null));
        }
        String problem = reader.documentProblem();
        if (problem != null) {
            unreadable(asked, problem);
            return;
        }
        while (reader.next()) {
            if (reader.hasKey()) {
                take(Objects.requireNonNull(mapping.entity(reader.keys())));
            }
        }
    }

    private void unreadable(List<EntityKey> entities, String reason) {
        entities.forEach(entity -> found.put(entity, new TargetEntity(entity, null, true, reason)));
    }

    private void take(EntityKey entity) {
        TargetEntity before = found.get(entity);
        if (before == null) {
            return;
        }
        @Nullable String unreadable = reader.unreadable();
        if (before.content() != null || before.unreadable() != null) {
            unreadable = "several elements of its array have its key";
        }
        found.put(entity, new TargetEntity(entity, unreadable == null ? reader.content() : null, true, unreadable));
    }

    Map<EntityKey, TargetEntity> all() {
        return found;
    }
}
