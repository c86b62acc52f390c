package io.plumbline.stores.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.WriteModel;
import io.plumbline.stores.Content;
import io.plumbline.stores.TargetEntities;
import io.plumbline.stores.TargetEntity;
import io.plumbline.stores.connect.Away;
import io.plumbline.stores.mapping.DatasetMapping;
import io.plumbline.topics.record.EntityKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.bson.codecs.configuration.CodecRegistries;
import org.jspecify.annotations.Nullable;

/** The documents of a collection, or the elements of an array in them, as entities. */
public final class MongoTargetEntities implements TargetEntities {

    private final Supplier<DatasetMapping> mapping;
    private final MongoDatabase database;

    /** @param database read at its primary, with read and write concern majority where it is a replica set */
    public MongoTargetEntities(Supplier<DatasetMapping> mapping, MongoDatabase database) {
        this.mapping = mapping;
        this.database = database;
    }

    @Override
    public Map<EntityKey, TargetEntity> find(Collection<EntityKey> keys) {
        DatasetMapping map = mapping.get();
        FoundEntities found = new FoundEntities(map, keys);
        if (!found.canExist()) {
            return found.all();
        }
        TargetSelect select = new TargetSelect(map);
        try (MongoCursor<RawDocument> documents = raw(map).find(select.documents(keys))
                .projection(select.closeProjection())
                .cursor()) {
            while (documents.hasNext()) {
                found.take(documents.next().bytes());
            }
        } catch (MongoException e) {
            throw Away.mongo(e);
        }
        return found.all();
    }

    private MongoCollection<RawDocument> raw(DatasetMapping map) {
        return database.getCollection(map.config().target().collection(), RawDocument.class)
                .withCodecRegistry(CodecRegistries.fromRegistries(
                        CodecRegistries.fromCodecs(new RawDocumentCodec()), database.getCodecRegistry()));
    }

    @Override
    public List<WriteResult> write(List<ConditionalWrite> writes) {
        DatasetMapping map = mapping.get();
        MongoCollection<BsonDocument> collection =
                database.getCollection(map.config().target().collection(), BsonDocument.class);
        try {
            PendingWrites pending = new PendingWrites(map, writes);
            pending.settle(BulkOutcome.send(collection, pending.models()));
            List<WriteModel<BsonDocument>> again = pending.ofNullArrays();
            pending.settleNullArrays(BulkOutcome.send(collection, again));
            List<EntityKey> open = pending.open();
            if (!open.isEmpty()) {
                pending.settleOpen(find(open));
            }
            return pending.results();
        } catch (MongoException e) {
            throw Away.mongo(e);
        }
    }

    @Override
    public Content parse(String json) {
        return mapping.get().parse(json);
    }

    /** Whether the target now is what was planned. */
    static boolean isAsPlanned(DatasetMapping map, @Nullable TargetEntity now, @Nullable Content planned) {
        Content content = Objects.requireNonNull(now).content();
        if (planned == null || content == null) {
            return planned == null && content == null && now.unreadable() == null;
        }
        return map.changes(content, planned).isEmpty();
    }
}
