package io.plumbline.repairer;

import io.plumbline.stores.Content;
import io.plumbline.stores.SourceEntity;
import io.plumbline.stores.SourceRows;
import io.plumbline.topics.record.EntityKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Entities with one text each. */
final class InMemorySource implements SourceRows {

    final Map<EntityKey, String> values = new HashMap<>();
    final Map<EntityKey, String> unreadable = new HashMap<>();
    private final Steps steps;

    InMemorySource(Steps steps) {
        this.steps = steps;
    }

    @Override
    public Map<EntityKey, SourceEntity> find(Collection<EntityKey> keys) {
        steps.pass("source-find");
        Map<EntityKey, SourceEntity> found = keys.stream().collect(Collectors.toMap(Function.identity(), this::entity));
        steps.pass("source-found");
        return found;
    }

    private SourceEntity entity(EntityKey key) {
        String value = values.get(key);
        if ("poison".equals(value)) {
            throw new IllegalStateException("a bug met " + key);
        }
        return new SourceEntity(
                key, value == null ? null : new TextContent(value), value, List.of(), unreadable.get(key));
    }

    @Override
    public Map<String, EntityKey> resolve(Collection<String> sourceKeys) {
        throw new UnsupportedOperationException("no repair resolves source keys");
    }

    @Override
    public Content plan(SourceEntity source) {
        return Objects.requireNonNull(source.content());
    }
}
