package io.plumbline.stores.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.stores.OutboxTable.Reference;
import io.plumbline.stores.OutboxTable.Resolution;
import io.plumbline.stores.SourceRows;
import io.plumbline.stores.mapping.KeySpelling;
import io.plumbline.topics.config.DatasetConfig;
import io.plumbline.topics.config.OutboxConfig;
import io.plumbline.topics.record.EntityKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The entities that outbox rows speak of.
 *
 * <ol>
 *   <li>where the dataset declares pointers into the payload, they give the entity without asking anybody
 *   <li>otherwise, and where a payload lacks one of them, the source row with the row's aggregate id does: one look-up
 *       for all
 * </ol>
 */
public final class OutboxEntities {

    private final String dataset;
    private final List<KeySpelling> key;
    private final OutboxConfig outbox;
    private final SourceRows source;
    private final String unresolved;

    public OutboxEntities(String dataset, DatasetConfig config, OutboxConfig outbox, SourceRows source) {
        this.dataset = dataset;
        this.key = config.key().stream().map(KeySpelling::new).toList();
        this.outbox = outbox;
        this.source = source;
        this.unresolved = "the source has no row with a usable key whose " + outbox.sourceColumn()
                + " is the aggregate id"
                + (outbox.payloadKey().isEmpty()
                        ? ""
                        : ", and the payload has no usable key at " + String.join(", ", outbox.payloadKey()));
    }

    public List<Resolution> resolve(List<Reference> references) {
        Map<Integer, EntityKey> byPayload = new HashMap<>();
        List<String> asked = new ArrayList<>();
        for (int i = 0; i < references.size(); i++) {
            EntityKey entity = fromPayload(references.get(i).payload());
            if (entity == null) {
                asked.add(references.get(i).aggregateId());
            } else {
                byPayload.put(i, entity);
            }
        }
        Map<String, EntityKey> bySource = asked.isEmpty() ? Map.of() : source.resolve(asked);
        List<Resolution> resolutions = new ArrayList<>(references.size());
        for (int i = 0; i < references.size(); i++) {
            EntityKey entity = byPayload.get(i);
            resolutions.add(
                    entity == null
                            ? fromSource(references.get(i).aggregateId(), bySource)
                            : new Resolution(entity, null));
        }
        return resolutions;
    }

    /** The reason is the same for all rows, so that they can be marked as failed together. */
    private Resolution fromSource(String aggregateId, Map<String, EntityKey> bySource) {
        EntityKey entity = bySource.get(aggregateId);
        return entity == null ? new Resolution(null, unresolved) : new Resolution(entity, null);
    }

    private @Nullable EntityKey fromPayload(@Nullable JsonNode payload) {
        List<String> pointers = outbox.payloadKey();
        if (payload == null || pointers.isEmpty()) {
            return null;
        }
        List<String> parts = new ArrayList<>(pointers.size());
        for (int i = 0; i < pointers.size(); i++) {
            JsonNode value = payload.at(pointers.get(i));
            String part = value.isValueNode() && !value.isNull() ? key.get(i).canonical(value.asText()) : null;
            if (part == null) {
                return null;
            }
            parts.add(part);
        }
        return new EntityKey(dataset, parts);
    }
}
