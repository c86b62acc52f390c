package io.plumbline.stores.mongo;

import com.mongodb.client.model.WriteModel;
import io.plumbline.stores.TargetEntities.ConditionalWrite;
import io.plumbline.stores.TargetEntities.WriteResult;
import io.plumbline.stores.TargetEntities.WriteResult.ConditionGone;
import io.plumbline.stores.TargetEntities.WriteResult.Refused;
import io.plumbline.stores.TargetEntities.WriteResult.Written;
import io.plumbline.stores.TargetEntity;
import io.plumbline.stores.mapping.DatasetMapping;
import io.plumbline.topics.record.EntityKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * A batch of conditional writes on its way: which of them make which MongoDB write, and what became of each. Elements
 * of one document that is not there yet are inserted together with it.
 */
final class PendingWrites {

    private final DatasetMapping mapping;
    private final WritePlan plan;
    private final List<ConditionalWrite> writes;
    private final @Nullable WriteResult[] results;
    private final List<WriteModel<BsonDocument>> models = new ArrayList<>();
    private final List<List<Integer>> owners = new ArrayList<>();
    private final List<Integer> nullArrays = new ArrayList<>();

    PendingWrites(DatasetMapping mapping, List<ConditionalWrite> writes) {
        this.mapping = mapping;
        this.plan = new WritePlan(mapping);
        this.writes = writes;
        this.results = new @Nullable WriteResult[writes.size()];
        Map<BsonDocument, List<Integer>> documents = new LinkedHashMap<>();
        for (int i = 0; i < writes.size(); i++) {
            String refused = refused(writes.get(i));
            if (refused != null) {
                results[i] = new Refused(refused);
            } else if (createsDocumentOfElements(writes.get(i))) {
                documents
                        .computeIfAbsent(
                                new TargetSelect(mapping).document(writes.get(i).key()), k -> new ArrayList<>())
                        .add(i);
            } else {
                add(i);
            }
        }
        documents.values().forEach(this::addTogether);
    }

    private @Nullable String refused(ConditionalWrite write) {
        if (write.observed().unreadable() != null) {
            return "the target is unreadable: " + write.observed().unreadable();
        }
        if (!mapping.canExist(write.key())) {
            return "the key is not one of dataset " + mapping.dataset();
        }
        return createsDocumentOfElements(write) && !mapping.config().target().createDocuments()
                ? "its document is not there, and create-documents is off"
                : null;
    }

    private boolean createsDocumentOfElements(ConditionalWrite write) {
        return mapping.config().target().array() != null
                && write.planned() != null
                && !write.observed().documentPresent();
    }

    private void add(int index) {
        WriteModel<BsonDocument> model = plan.of(writes.get(index));
        if (model == null) {
            results[index] = new Written();
        } else {
            models.add(model);
            owners.add(List.of(index));
        }
    }

    private void addTogether(List<Integer> indexes) {
        models.add(plan.insert(
                indexes.stream().map(i -> writes.get(i).key()).toList(),
                indexes.stream()
                        .map(i -> Objects.requireNonNull(writes.get(i).planned()))
                        .toList()));
        owners.add(indexes);
    }

    List<WriteModel<BsonDocument>> models() {
        return models;
    }

    void settle(List<@Nullable WriteResult> ofModels) {
        for (int i = 0; i < ofModels.size(); i++) {
            for (int owner : owners.get(i)) {
                results[owner] = ofModels.get(i);
            }
        }
    }

    /** Pushes that were refused, once more for arrays that are null. */
    List<WriteModel<BsonDocument>> ofNullArrays() {
        List<WriteModel<BsonDocument>> again = new ArrayList<>();
        for (int i = 0; i < results.length; i++) {
            ConditionalWrite write = writes.get(i);
            boolean pushed = mapping.config().target().array() != null
                    && write.observed().documentPresent()
                    && write.observed().content() == null
                    && write.planned() != null;
            if (pushed && results[i] instanceof Refused && write.observed().unreadable() == null) {
                nullArrays.add(i);
                again.add(plan.replaceNullArray(write));
            }
        }
        return again;
    }

    void settleNullArrays(List<@Nullable WriteResult> again) {
        for (int i = 0; i < again.size(); i++) {
            if (again.get(i) instanceof Written written) {
                results[nullArrays.get(i)] = written;
            }
        }
    }

    /** Entities of writes of which it is not known yet whether their condition held. */
    List<EntityKey> open() {
        List<EntityKey> open = new ArrayList<>();
        for (int i = 0; i < results.length; i++) {
            if (results[i] == null) {
                open.add(writes.get(i).key());
            }
        }
        return open;
    }

    /** What is there now tells: as planned, it was written (or somebody else wrote the same, which is as good). */
    void settleOpen(Map<EntityKey, TargetEntity> now) {
        for (int i = 0; i < results.length; i++) {
            if (results[i] == null) {
                ConditionalWrite write = writes.get(i);
                TargetEntity entity = Objects.requireNonNull(now.get(write.key()));
                results[i] = MongoTargetEntities.isAsPlanned(mapping, entity, write.planned())
                        ? new Written()
                        : new ConditionGone();
            }
        }
    }

    List<WriteResult> results() {
        return Arrays.stream(results).map(Objects::requireNonNull).toList();
    }
}
