package io.plumbline.stores.mongo;

import io.plumbline.stores.mapping.DatasetMapping;
import io.plumbline.stores.mapping.KeyPart;
import io.plumbline.topics.config.TargetConfig;
import io.plumbline.topics.record.EntityKey;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.bson.conversions.Bson;

/** Filters and projections of one dataset's target. */
public final class TargetSelect {

    private static final String ID = "_id";

    private final DatasetMapping mapping;
    private final List<KeyPart> documentKey;

    public TargetSelect(DatasetMapping mapping) {
        this.mapping = mapping;
        this.documentKey =
                mapping.key().stream().filter(part -> !part.inElement()).toList();
    }

    /** The key fields and mapped fields only (for arrays: of the elements), and {@code _id}. */
    public Bson projection() {
        TargetConfig target = mapping.config().target();
        String inner = target.array() == null ? "" : target.array() + ".";
        Set<String> paths = new TreeSet<>();
        mapping.key().forEach(part -> paths.add((part.inElement() ? inner : "") + part.target()));
        mapping.fields().forEach(field -> paths.add(inner + field.config().target()));
        return included(paths);
    }

    /**
     * The same with the whole of what is nested: a projection passes over a number where it expects an object, and
     * whoever looks closer wants to see it.
     */
    Bson closeProjection() {
        TargetConfig target = mapping.config().target();
        Set<String> paths = new TreeSet<>();
        documentKey.forEach(part -> paths.add(part.target()));
        if (target.array() == null) {
            mapping.fields().forEach(field -> paths.add(top(field.config().target())));
        } else {
            paths.add(top(target.array()));
        }
        return included(paths);
    }

    private static String top(String path) {
        int dot = path.indexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }

    /** In their order a path comes before those below it, which would collide with it. */
    private static BsonDocument included(Set<String> paths) {
        BsonDocument projection = new BsonDocument(ID, new BsonInt32(1));
        for (String path : paths) {
            boolean covered = projection.keySet().stream().anyMatch(above -> path.startsWith(above + "."));
            if (!covered) {
                projection.put(path, new BsonInt32(1));
            }
        }
        return projection;
    }

    /** The field that holds the document's key where it has one part, such as {@code _id}. */
    public String keyField() {
        if (documentKey.size() != 1) {
            throw new IllegalStateException("the documents of " + mapping.dataset() + " have a key of several fields");
        }
        return documentKey.getFirst().target();
    }

    /** Whether documents are known by their {@code _id}, or by all its fields. */
    boolean byId() {
        return documentKey.stream().allMatch(part -> part.target().equals(ID))
                || documentKey.stream().allMatch(part -> part.target().startsWith(ID + "."));
    }

    /** The condition that a document is the one that holds (or would hold) the entity. */
    BsonDocument document(EntityKey key) {
        BsonDocument filter = new BsonDocument();
        for (int i = 0; i < mapping.key().size(); i++) {
            KeyPart part = mapping.key().get(i);
            if (!part.inElement()) {
                filter.put(part.target(), part.toBson(key.parts().get(i)));
            }
        }
        return byId() && !filter.containsKey(ID) ? new BsonDocument(ID, composite(filter)) : filter;
    }

    /** An {@code _id} of several fields is looked up whole, in the order in which the key's parts are declared. */
    private static BsonDocument composite(BsonDocument paths) {
        BsonDocument id = new BsonDocument();
        paths.forEach((path, value) -> id.put(path.substring(ID.length() + 1), value));
        return id;
    }

    /** The condition on an element of the array that it is the entity. */
    BsonDocument element(EntityKey key) {
        BsonDocument filter = new BsonDocument();
        for (int i = 0; i < mapping.key().size(); i++) {
            KeyPart part = mapping.key().get(i);
            if (part.inElement()) {
                filter.put(part.target(), part.toBson(key.parts().get(i)));
            }
        }
        return filter;
    }

    /**
     * Documents that hold (or would hold) these entities, and perhaps some others: {@code $in} on each part, or one
     * clause each where that would be far too many.
     */
    public BsonDocument documents(Collection<EntityKey> keys) {
        Set<BsonDocument> clauses = new LinkedHashSet<>();
        keys.stream().filter(mapping::canExist).forEach(key -> clauses.add(document(key)));
        if (clauses.isEmpty()) {
            return new BsonDocument(ID, new BsonDocument("$in", new BsonArray()));
        }
        BsonDocument each = new BsonDocument();
        double combinations = 1;
        for (String field : clauses.iterator().next().keySet()) {
            Set<BsonValue> values = new LinkedHashSet<>();
            clauses.forEach(clause -> values.add(clause.get(field)));
            combinations *= values.size();
            each.put(
                    field,
                    values.size() == 1
                            ? values.iterator().next()
                            : new BsonDocument("$in", new BsonArray(List.copyOf(values))));
        }
        return combinations <= 4.0 * clauses.size()
                ? each
                : new BsonDocument("$or", new BsonArray(List.copyOf(clauses)));
    }
}
