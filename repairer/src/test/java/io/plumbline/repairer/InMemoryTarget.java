package io.plumbline.repairer;

import io.plumbline.stores.Content;
import io.plumbline.stores.TargetEntities;
import io.plumbline.stores.TargetEntity;
import io.plumbline.topics.record.EntityKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Entities with one text each; keeps every value that an entity ever had, in order. */
final class InMemoryTarget implements TargetEntities {

    final Map<EntityKey, String> values = new HashMap<>();
    final Map<EntityKey, List<String>> history = new HashMap<>();
    final Set<EntityKey> withoutDocument = new HashSet<>();
    final Map<EntityKey, String> unreadable = new HashMap<>();
    final Map<EntityKey, String> refused = new HashMap<>();
    final List<Replacement> replacements = new ArrayList<>();
    int written;
    private final Steps steps;

    InMemoryTarget(Steps steps) {
        this.steps = steps;
    }

    /** A conditional write that was done. */
    record Replacement(@Nullable String before, @Nullable String after) {}

    /** A write by anyone; {@code null} deletes. */
    void set(EntityKey key, @Nullable String value) {
        if (value == null) {
            values.remove(key);
        } else {
            values.put(key, value);
        }
        history.computeIfAbsent(key, k -> new ArrayList<>()).add(value == null ? "-" : value);
    }

    @Override
    public Map<EntityKey, TargetEntity> find(Collection<EntityKey> keys) {
        steps.pass("target-find");
        Map<EntityKey, TargetEntity> found = keys.stream().collect(Collectors.toMap(Function.identity(), this::entity));
        steps.pass("target-found");
        return found;
    }

    private TargetEntity entity(EntityKey key) {
        String value = values.get(key);
        return new TargetEntity(
                key,
                value == null ? null : new TextContent(value),
                value != null || !withoutDocument.contains(key),
                unreadable.get(key));
    }

    @Override
    public List<WriteResult> write(List<ConditionalWrite> writes) {
        steps.pass("target-write");
        List<WriteResult> results = new ArrayList<>();
        for (ConditionalWrite write : writes) {
            results.add(write(write));
            steps.pass("target-written-one");
        }
        steps.pass("target-written");
        return results;
    }

    private WriteResult write(ConditionalWrite write) {
        String reason = refused.get(write.key());
        if (reason != null) {
            return new WriteResult.Refused(reason);
        }
        Content observed = write.observed().content();
        String value = values.get(write.key());
        boolean holds = observed == null ? value == null : observed.json().equals(value);
        if (!holds) {
            return new WriteResult.ConditionGone();
        }
        String planned = write.planned() == null ? null : write.planned().json();
        set(write.key(), planned);
        replacements.add(new Replacement(value, planned));
        written++;
        return new WriteResult.Written();
    }

    @Override
    public Content parse(String json) {
        return new TextContent(json);
    }
}
