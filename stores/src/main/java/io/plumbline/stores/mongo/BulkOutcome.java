package io.plumbline.stores.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.bulk.BulkWriteUpsert;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import io.plumbline.stores.TargetEntities.WriteResult;
import io.plumbline.stores.TargetEntities.WriteResult.ConditionGone;
import io.plumbline.stores.TargetEntities.WriteResult.Refused;
import io.plumbline.stores.TargetEntities.WriteResult.Written;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonMaximumSizeExceededException;
import org.jspecify.annotations.Nullable;

/**
 * Sends an unordered bulk and works out what became of each write. A bulk answers with totals: inserts, upserts and
 * errors are known one by one, but of updates and deletes only how many met their condition. Where all did, all are
 * written; where not, they stay {@code null}, to be looked at.
 */
final class BulkOutcome {

    private static final int DUPLICATE_KEY = 11_000;

    private final MongoCollection<BsonDocument> collection;
    private final List<WriteModel<BsonDocument>> models;
    private final @Nullable WriteResult[] results;

    private BulkOutcome(MongoCollection<BsonDocument> collection, List<WriteModel<BsonDocument>> models) {
        this.collection = collection;
        this.models = models;
        this.results = new @Nullable WriteResult[models.size()];
    }

    /** In the order of the models. */
    static List<@Nullable WriteResult> send(
            MongoCollection<BsonDocument> collection, List<WriteModel<BsonDocument>> models) {
        BulkOutcome outcome = new BulkOutcome(collection, models);
        if (!models.isEmpty()) {
            outcome.send();
        }
        List<@Nullable WriteResult> results = new ArrayList<>();
        for (WriteResult result : outcome.results) {
            results.add(result);
        }
        return results;
    }

    private void send() {
        try {
            settle(collection.bulkWrite(models, new BulkWriteOptions().ordered(false)));
        } catch (MongoBulkWriteException e) {
            if (e.getWriteConcernError() != null) {
                throw e; // nobody knows what is there to stay
            }
            e.getWriteErrors().forEach(this::refuse);
            settle(e.getWriteResult());
        } catch (BsonMaximumSizeExceededException e) {
            oneByOne(e);
        }
    }

    private void refuse(BulkWriteError error) {
        results[error.getIndex()] =
                error.getCode() == DUPLICATE_KEY ? new ConditionGone() : new Refused(error.getMessage());
    }

    /**
     * A document beyond what MongoDB takes fails in the driver, and the rest of its bulk with it. What came before it may
     * be written already: a condition that does not hold now can be gone by that, so what is there has to tell.
     */
    private void oneByOne(BsonMaximumSizeExceededException tooLarge) {
        if (models.size() == 1) {
            results[0] = new Refused("the write is larger than MongoDB takes: " + tooLarge.getMessage());
            return;
        }
        for (int i = 0; i < results.length; i++) {
            @Nullable
            WriteResult alone = send(collection, List.of(models.get(i))).getFirst();
            results[i] = alone instanceof ConditionGone ? null : alone;
        }
    }

    private void settle(BulkWriteResult totals) {
        Set<Integer> upserted = new HashSet<>();
        for (BulkWriteUpsert upsert : totals.getUpserts()) {
            upserted.add(upsert.getIndex());
        }
        int matched = totals.getMatchedCount();
        int updates = 0;
        int deletes = 0;
        for (int i = 0; i < results.length; i++) {
            if (results[i] == null) {
                WriteModel<BsonDocument> model = models.get(i);
                if (model instanceof InsertOneModel) {
                    results[i] = new Written();
                } else if (isUpsert(model)) {
                    results[i] = upserted.contains(i) ? new Written() : new ConditionGone();
                    matched -= upserted.contains(i) ? 0 : 1;
                } else if (model instanceof DeleteOneModel) {
                    deletes++;
                } else {
                    updates++;
                }
            }
        }
        settle(updates == matched, deletes == totals.getDeletedCount());
    }

    private static boolean isUpsert(WriteModel<BsonDocument> model) {
        return model instanceof UpdateOneModel<BsonDocument> update
                && update.getOptions().isUpsert();
    }

    private void settle(boolean allUpdated, boolean allDeleted) {
        for (int i = 0; i < results.length; i++) {
            if (results[i] == null && (models.get(i) instanceof DeleteOneModel ? allDeleted : allUpdated)) {
                results[i] = new Written();
            }
        }
    }
}
