package io.plumbline.stores.mongo;

import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import io.plumbline.stores.Content;
import io.plumbline.stores.TargetEntities.ConditionalWrite;
import io.plumbline.stores.mapping.DatasetMapping;
import io.plumbline.stores.mapping.DatasetMapping.FieldChange;
import io.plumbline.stores.mapping.TargetContent;
import io.plumbline.topics.record.EntityKey;
import java.util.List;
import java.util.Objects;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Makes one MongoDB write of one conditional write. Its filter holds the key and everything that was observed, so that
 * it does nothing where any of it has changed:
 *
 * <ul>
 *   <li>a document that is not there is inserted: by {@code _id}, which is unique; otherwise by an upsert that only
 *       sets on insert;
 *   <li>a document is updated, or deleted, where its mapped fields are as observed; only fields that differ are set;
 *   <li>an element is pushed where the array has none with its key, updated by an array filter, or pulled.
 * </ul>
 */
final class WritePlan {

    private final DatasetMapping mapping;
    private final TargetSelect select;
    private final @Nullable String array;

    WritePlan(DatasetMapping mapping) {
        this.mapping = mapping;
        this.select = new TargetSelect(mapping);
        this.array = mapping.config().target().array();
    }

    /** {@code null} where nothing needs to be written. */
    @Nullable
    WriteModel<BsonDocument> of(ConditionalWrite write) {
        TargetContent observed = (TargetContent) write.observed().content();
        TargetContent planned = (TargetContent) write.planned();
        if (observed == null) {
            return planned == null ? null : create(write, planned);
        }
        if (planned == null) {
            return array == null ? new DeleteOneModel<>(document(write.key(), observed)) : pull(write.key(), observed);
        }
        return change(write.key(), observed, mapping.changes(observed, planned));
    }

    private WriteModel<BsonDocument> create(ConditionalWrite write, TargetContent planned) {
        EntityKey key = write.key();
        if (array == null) {
            return insert(key, planned.fields());
        }
        return write.observed().documentPresent() ? push(key, planned, array) : insert(List.of(key), List.of(planned));
    }

    /** A document with these elements, all of which belong into it. */
    WriteModel<BsonDocument> insert(List<EntityKey> keys, List<? extends Content> planned) {
        BsonArray elements = new BsonArray();
        for (int i = 0; i < keys.size(); i++) {
            elements.add(element(keys.get(i), (TargetContent) planned.get(i)));
        }
        return insert(keys.getFirst(), new BsonDocument(Objects.requireNonNull(array), elements));
    }

    private WriteModel<BsonDocument> insert(EntityKey key, BsonDocument fields) {
        BsonDocument filter = select.document(key);
        if (select.byId()) {
            return new InsertOneModel<>(
                    new NestedDocument().putAll(fields).putAll(filter).get());
        }
        BsonDocument set = new BsonDocument();
        fields.forEach((path, value) -> {
            if (!filter.containsKey(path)) {
                set.put(path, value);
            }
        });
        return new UpdateOneModel<>(
                filter,
                new BsonDocument("$setOnInsert", set.isEmpty() ? filter : set),
                new UpdateOptions().upsert(true));
    }

    private BsonDocument element(EntityKey key, TargetContent planned) {
        return new NestedDocument()
                .putAll(select.element(key))
                .putAll(planned.fields())
                .putAll(select.element(key))
                .get();
    }

    private WriteModel<BsonDocument> push(EntityKey key, TargetContent planned, String list) {
        BsonDocument absent = new BsonDocument("$not", new BsonDocument("$elemMatch", select.element(key)));
        BsonDocument filter = select.document(key).append(list, absent);
        return new UpdateOneModel<>(filter, operator("$push", list, element(key, planned)));
    }

    /** The same for an array that is null, which MongoDB does not push to. */
    WriteModel<BsonDocument> replaceNullArray(ConditionalWrite write) {
        String list = Objects.requireNonNull(array);
        BsonDocument isNull = new BsonDocument(
                "$type", new BsonInt32(BsonNull.VALUE.getBsonType().getValue()));
        BsonDocument filter = select.document(write.key()).append(list, isNull);
        TargetContent planned = (TargetContent) Objects.requireNonNull(write.planned());
        return new UpdateOneModel<>(
                filter, operator("$set", list, new BsonArray(List.of(element(write.key(), planned)))));
    }

    private static BsonDocument operator(String name, String path, BsonValue value) {
        return new BsonDocument(name, new BsonDocument(path, value));
    }

    private @Nullable WriteModel<BsonDocument> change(
            EntityKey key, TargetContent observed, List<FieldChange> changes) {
        if (changes.isEmpty()) {
            return null;
        }
        String prefix = array == null ? "" : array + ".$[e].";
        BsonDocument set = new BsonDocument();
        BsonDocument unset = new BsonDocument();
        for (FieldChange change : changes) {
            if (change.value() == null) {
                unset.put(prefix + change.field(), new BsonInt32(1));
            } else {
                set.put(prefix + change.field(), change.value());
            }
        }
        BsonDocument update = new BsonDocument();
        if (!set.isEmpty()) {
            update.put("$set", set);
        }
        if (!unset.isEmpty()) {
            update.put("$unset", unset);
        }
        if (array == null) {
            return new UpdateOneModel<>(document(key, observed), update);
        }
        BsonDocument filter = new BsonDocument();
        elementObserved(key, observed).forEach((path, condition) -> filter.put("e." + path, condition));
        return new UpdateOneModel<>(
                holding(key, observed, array), update, new UpdateOptions().arrayFilters(List.of(filter)));
    }

    private WriteModel<BsonDocument> pull(EntityKey key, TargetContent observed) {
        String list = Objects.requireNonNull(array);
        return new UpdateOneModel<>(
                holding(key, observed, list), operator("$pull", list, elementObserved(key, observed)));
    }

    private BsonDocument document(EntityKey key, TargetContent observed) {
        BsonDocument filter = select.document(key);
        Conditions.observed(filter, mapping.fields(), observed);
        return filter;
    }

    private BsonDocument elementObserved(EntityKey key, TargetContent observed) {
        BsonDocument filter = select.element(key);
        Conditions.observed(filter, mapping.fields(), observed);
        return filter;
    }

    private BsonDocument holding(EntityKey key, TargetContent observed, String list) {
        return select.document(key).append(list, new BsonDocument("$elemMatch", elementObserved(key, observed)));
    }
}
