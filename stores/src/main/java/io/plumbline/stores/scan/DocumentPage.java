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
 * and, where the page ended within one, the last key as extended JSON. A page does not end at a key that is too long for that.
 */
final class DocumentPage implements MongoCursor<RawDocument> {

    private static final String FIELD = "_id";
    /** Of a key as JSON, in a cursor that travels in a record. */
    private static final int MAX_CHARACTERS = 100_000;

    private static final List<TypeBracket> BRACKETS = List.of(TypeBracket.values());

    private final MongoCollection<RawDocument> collection;
    private final Bson projection;
    private final int size;
    private int bracket;
    private @Nullable BsonValue last;
    private MongoCursor<RawDocument> documents;
    private int taken;
    private int queried;

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
        queried = current == TypeBracket.REST ? 0 : Math.max(1, size - taken);
        return collection
                .find(last == null ? current.first(FIELD) : current.after(FIELD, last))
                .projection(projection)
                .sort(Sorts.ascending(FIELD))
                .limit(queried)
                .cursor();
    }

    @Override
    public boolean hasNext() {
        while (!documents.hasNext()) {
            documents.close();
            boolean cut = queried == 0 && BRACKETS.get(bracket) != TypeBracket.REST;
            if (cut && key().length() <= MAX_CHARACTERS) {
                return false;
            }
            if (!cut) {
                if (bracket + 1 == BRACKETS.size()) {
                    return false;
                }
                bracket++;
                last = null;
            }
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
        queried--;
        return document;
    }

    /** Where the next page begins, once this one has no more documents; {@code null} after the last. */
    @Nullable
    String cursor() {
        if (BRACKETS.get(bracket) == TypeBracket.REST) {
            return null;
        }
        return BRACKETS.get(bracket).name() + key();
    }

    private String key() {
        return last == null ? "" : " " + new BsonDocument(FIELD, last).toJson();
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
