package io.plumbline.stores.scan;

import com.mongodb.ServerAddress;
import com.mongodb.ServerCursor;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.Sorts;
import io.plumbline.stores.mongo.RawDocument;
import java.util.List;
import java.util.NoSuchElementException;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * A page of a collection in the order of {@code _id}, bracket by bracket of its types. Its cursor is the bracket's name
 * and, where the page ended within one, the last key as extended JSON.
 */
final class DocumentPage implements MongoCursor<RawDocument> {

    private static final String FIELD = "_id";
    private static final List<TypeBracket> BRACKETS = List.of(TypeBracket.values());

    private final MongoCollection<RawDocument> collection;
    private final Bson projection;
    private final int size;
    private int bracket;
    private @Nullable BsonValue last;
    private MongoCursor<RawDocument> documents;
    private int taken;

    DocumentPage(MongoCollection<RawDocument> collection, Bson projection, @Nullable String cursor, int size) {
        this.collection = collection;
        this.projection = projection;
        this.size = size;
        if (cursor != null) {
            int end = cursor.indexOf(' ');
            bracket = BRACKETS.indexOf(TypeBracket.valueOf(end < 0 ? cursor : cursor.substring(0, end)));
            last = end < 0
                    ? null
                    : BsonDocument.parse(cursor.substring(end + 1)).get(FIELD);
        }
        documents = query();
    }

    private MongoCursor<RawDocument> query() {
        TypeBracket current = BRACKETS.get(bracket);
        return collection
                .find(last == null ? current.first(FIELD) : current.after(FIELD, last))
                .projection(projection)
                .sort(Sorts.ascending(FIELD))
                .limit(current == TypeBracket.REST ? 0 : size - taken)
                .cursor();
    }

    @Override
    public boolean hasNext() {
        while (!documents.hasNext()) {
            documents.close();
            if (taken >= size || bracket + 1 == BRACKETS.size()) {
                return false;
            }
            bracket++;
            last = null;
            documents = query();
        }
        return true;
    }

    @Override
    public RawDocument next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        RawDocument document = documents.next();
        last = new RawBsonDocument(document.bytes()).get(FIELD);
        taken++;
        return document;
    }

    /** Where the next page begins, once this one has no more documents; {@code null} after the last. */
    @Nullable
    String cursor() {
        if (BRACKETS.get(bracket) == TypeBracket.REST) {
            return null;
        }
        return BRACKETS.get(bracket).name() + (last == null ? "" : " " + new BsonDocument(FIELD, last).toJson());
    }

    @Override
    public int available() {
        return documents.available();
    }

    @Override
    public @Nullable RawDocument tryNext() {
        return hasNext() ? next() : null;
    }

    @Override
    public void close() {
        documents.close();
    }

    @Override
    public @Nullable ServerCursor getServerCursor() {
        return documents.getServerCursor();
    }

    @Override
    public ServerAddress getServerAddress() {
        return documents.getServerAddress();
    }
}
