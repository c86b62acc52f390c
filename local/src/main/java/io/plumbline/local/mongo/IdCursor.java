package io.plumbline.local.mongo;

import de.bwaldvogel.mongo.backend.AbstractCursor;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * A cursor that goes through the {@code _id} index batch by batch, seeing each document as it is when its batch is read, as
 * MongoDB's do.
 */
final class IdCursor extends AbstractCursor {

    private static final int DEFAULT_BATCH = 1000;
    // MongoDB's own bound of a batch.
    private static final long BATCH_BYTES = 16L << 20;

    private final OrderedCollection collection;
    private final IdCondition condition;
    private final @Nullable Document projection;
    private NavigableMap<Object, Document> ahead;
    private int toSkip;
    private long left;
    private boolean exhausted;

    /** @param limit documents in all; 0 for no limit */
    IdCursor(
            long id,
            OrderedCollection collection,
            IdCondition condition,
            NavigableMap<Object, Document> ahead,
            int toSkip,
            int limit,
            @Nullable Document projection) {
        super(id);
        this.collection = collection;
        this.condition = condition;
        this.ahead = ahead;
        this.toSkip = toSkip;
        this.left = limit == 0 ? Long.MAX_VALUE : limit;
        this.projection = projection;
    }

    @Override
    public boolean isEmpty() {
        return exhausted;
    }

    @Override
    public List<Document> takeDocuments(int numberToReturn) {
        synchronized (collection) {
            return collection.presented(next(numberToReturn == 0 ? DEFAULT_BATCH : numberToReturn), projection);
        }
    }

    private List<Document> next(int number) {
        List<Document> found = new ArrayList<>();
        boolean weighed = collection.heaviest() * number > BATCH_BYTES;
        long bytes = 0;
        Object goOnAt = null;
        for (Map.Entry<Object, Document> entry : ahead.entrySet()) {
            Document document = entry.getValue();
            if (!condition.inBracket(entry.getKey()) || !collection.matches(document, condition.rest())) {
                continue;
            }
            if (toSkip > 0) {
                toSkip--;
                continue;
            }
            if (left == 0) {
                break;
            }
            bytes += weighed ? DocumentWeight.of(document) : 0;
            if (found.size() == number || (!found.isEmpty() && bytes > BATCH_BYTES)) {
                goOnAt = entry.getKey();
                break;
            }
            found.add(document);
            left--;
        }
        exhausted = goOnAt == null;
        if (goOnAt != null) {
            ahead = ahead.tailMap(goOnAt, true);
        }
        return found;
    }
}
