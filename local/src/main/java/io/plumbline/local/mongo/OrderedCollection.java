package io.plumbline.local.mongo;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.Cursor;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.QueryParameters;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A collection in memory with an ordered index on {@code _id}, where the library's own answers nothing but equality.
 *
 * <ol>
 *   <li>{@code _id} equality, {@code $in} and ranges, and sorting by {@code _id}, are answered from the index; what the
 *       index has not answered of the filter is checked for each candidate.
 *   <li>Reads without a sort, or sorted by {@code _id}, go on from the index batch by batch, so that a cursor over a large
 *       collection holds one batch.
 *   <li>An equality on all keys of another unique index uses that index, whatever else the filter says.
 *   <li>Readers get copies: the library updates documents in place, and encodes them when the lock is released. Only the
 *       top level is ever written in place, so only that is copied.
 * </ol>
 */
final class OrderedCollection extends MemoryCollection {

    private static final String ID = "_id";
    private static final int DEFAULT_BATCH = 1000;

    private final NavigableMap<Object, Document> byId = new TreeMap<>(IdOrder.INSTANCE);
    private final boolean hasId;
    private boolean updating;
    private long heaviest;

    OrderedCollection(MongoDatabase database, String name, CollectionOptions options, CursorRegistry cursors) {
        super(database, name, options, cursors);
        hasId = ID.equals(options.getIdField());
    }

    @Override
    public synchronized QueryResult handleQuery(QueryParameters parameters) {
        Document selector = parameters.getQuerySelector();
        if (selector.get("$query") instanceof Document query) {
            return find(query, (Document) selector.get("$orderby"), parameters);
        }
        QueryResult result = super.handleQuery(parameters);
        return updating ? result : copied(result);
    }

    @Override
    public synchronized Document findAndModify(Document query) {
        boolean before = updating;
        updating = true;
        try {
            Document result = super.findAndModify(query);
            if (result.get("value") instanceof Document found) {
                result.put("value", new Document(found));
            }
            return result;
        } finally {
            updating = before;
        }
    }

    /** No document has weighed more so far: most batches need not be weighed document by document. */
    long heaviest() {
        return heaviest;
    }

    @Override
    protected void handleUpdate(Integer position, Document oldDocument, Document newDocument) {
        heaviest = Math.max(heaviest, DocumentWeight.of(newDocument));
        super.handleUpdate(position, oldDocument, newDocument);
    }

    @Override
    protected Integer addDocumentInternal(Document document) {
        heaviest = Math.max(heaviest, DocumentWeight.of(document));
        if (hasId) {
            byId.put(document.get(ID), document);
        }
        return super.addDocumentInternal(document);
    }

    @Override
    protected void removeDocument(Integer position) {
        if (hasId) {
            byId.remove(getDocument(position).get(ID));
        }
        super.removeDocument(position);
    }

    /** Sizes would be had by encoding each document at each write; nobody asks for them. */
    @Override
    protected boolean tracksDataSize() {
        return false;
    }

    @Override
    protected QueryResult queryDocuments(
            Document query,
            @Nullable Document orderBy,
            int skip,
            int limit,
            int batchSize,
            @Nullable Document projection) {
        IdCondition condition = IdConditionReader.read(query);
        if (hasId && condition.narrows()) {
            Stream<Document> candidates = inOrderOf(orderBy, condition).entrySet().stream()
                    .filter(entry -> condition.inBracket(entry.getKey()))
                    .map(Map.Entry::getValue);
            Document sort = isById(orderBy) ? null : orderBy;
            return matchDocumentsFromStream(candidates, condition.rest(), sort, skip, limit, batchSize, projection);
        }
        Index<Integer> index = indexFor(query);
        if (index != null) {
            Iterable<Integer> positions = index.getPositions(keysOf(index, query));
            return matchDocuments(query, positions, orderBy, skip, limit, batchSize, projection);
        }
        return super.queryDocuments(query, orderBy, skip, limit, batchSize, projection);
    }

    @Override
    protected Cursor createCursor(List<Document> remainingDocuments) {
        return super.createCursor(remainingDocuments.stream().map(Document::new).toList());
    }

    boolean matches(Document document, Document query) {
        return query.isEmpty() || documentMatchesQuery(document, query);
    }

    /** The documents as a reader gets them. */
    List<Document> presented(List<Document> found, @Nullable Document projection) {
        if (projection == null || projection.isEmpty()) {
            return found.stream().map(Document::new).toList();
        }
        return matchDocumentsFromStream(found.stream(), new Document(), null, 0, 0, 0, projection)
                .collectDocuments();
    }

    private QueryResult find(Document query, @Nullable Document orderBy, QueryParameters parameters) {
        int batch = parameters.getBatchSize() == 0 ? DEFAULT_BATCH : parameters.getBatchSize();
        int limit = Math.abs(parameters.getLimit());
        IdCondition condition = IdConditionReader.read(query);
        boolean unsorted = orderBy == null || orderBy.isEmpty();
        boolean otherIndex = !condition.narrows() && indexFor(query) != null;
        if (!hasId || otherIndex || !(unsorted || isById(orderBy))) {
            return copied(queryDocuments(
                    query, orderBy, parameters.getNumberToSkip(), limit, batch, parameters.getProjection()));
        }
        IdCursor cursor = new IdCursor(
                cursorRegistry.generateCursorId(),
                this,
                condition,
                inOrderOf(orderBy, condition),
                parameters.getNumberToSkip(),
                limit,
                parameters.getProjection());
        List<Document> first = cursor.takeDocuments(batch);
        if (cursor.isEmpty()) {
            return new QueryResult(first);
        }
        cursorRegistry.add(cursor);
        return new QueryResult(first, cursor);
    }

    private static QueryResult copied(QueryResult result) {
        List<Document> copies = new ArrayList<>();
        result.forEach(document -> copies.add(new Document(document)));
        return new QueryResult(copies, result.getCursorId());
    }

    private NavigableMap<Object, Document> inOrderOf(@Nullable Document orderBy, IdCondition condition) {
        boolean descending = orderBy != null && orderBy.get(ID) instanceof Number order && order.intValue() < 0;
        NavigableMap<Object, Document> candidates = condition.within(byId);
        return descending && isById(orderBy) ? candidates.descendingMap() : candidates;
    }

    private static boolean isById(@Nullable Document orderBy) {
        return orderBy != null && orderBy.size() == 1 && orderBy.containsKey(ID);
    }

    private @Nullable Index<Integer> indexFor(Document query) {
        for (Index<Integer> index : getIndexes()) {
            Document keys = keysOf(index, query);
            if (keys.size() == index.getKeys().size() && index.canHandle(keys)) {
                return index;
            }
        }
        return null;
    }

    private static Document keysOf(Index<Integer> index, Document query) {
        Document keys = new Document();
        for (IndexKey key : index.getKeys()) {
            if (query.containsKey(key.getKey())) {
                keys.put(key.getKey(), query.get(key.getKey()));
            }
        }
        return keys;
    }
}
