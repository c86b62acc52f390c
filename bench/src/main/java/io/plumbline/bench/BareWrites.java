package io.plumbline.bench;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;

/**
 * Bare conditional bulk writes: each sets the mapped fields of one document where it still holds the mapped fields that
 * were read before. Reading them is not timed.
 */
final class BareWrites {

    private static final int BATCH = 1_000;

    private final MongoCollection<Document> collection;
    private final List<WriteModel<Document>> prepared = new ArrayList<>();

    BareWrites(MongoCollection<Document> collection) {
        this.collection = collection;
    }

    void prepare(int documents) {
        prepared.clear();
        for (Document found : collection.find().sort(Sorts.ascending("_id")).limit(documents)) {
            Document fields = new Document(found);
            fields.remove("_id");
            fields.put("city", "written");
            prepared.add(new UpdateOneModel<>(Filters.and(found), new Document("$set", fields)));
        }
    }

    void write() {
        int written = 0;
        for (int at = 0; at < prepared.size(); at += BATCH) {
            written += collection
                    .bulkWrite(
                            prepared.subList(at, Math.min(prepared.size(), at + BATCH)),
                            new BulkWriteOptions().ordered(false))
                    .getModifiedCount();
        }
        if (written != prepared.size()) {
            throw new IllegalStateException("only " + written + " of " + prepared.size() + " were written");
        }
    }
}
