package io.plumbline.bench;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Date;
import org.bson.BsonBinaryReader;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.types.Decimal128;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import org.postgresql.util.ByteConverter;

/**
 * Reads all of one store and decodes every compared field into a Java value, each in the ways that drivers offer. What
 * is read goes into a checksum, so that nothing of it can be left out.
 */
final class BareReads {

    private static final int BATCH = 5_000;
    private static final int COPY_HEADER = 19;

    private final Connection connection;
    private final MongoCollection<Document> collection;
    private long checksum;

    BareReads(Connection connection, MongoCollection<Document> collection) {
        this.connection = connection;
        this.collection = collection;
    }

    long checksum() {
        return checksum;
    }

    /** {@code COPY … TO STDOUT (FORMAT binary)}. */
    void postgresCopy() throws SQLException {
        CopyOut copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY (SELECT " + Customers.COLUMNS + " FROM customers) TO STDOUT (FORMAT binary)");
        byte[] row = copy.readFromCopy();
        int at = COPY_HEADER;
        while (row != null) {
            if (ByteConverter.int2(row, at) > 0) {
                row(row, at + 2);
            }
            at = 0;
            row = copy.readFromCopy();
        }
    }

    private void row(byte[] row, int start) {
        int at = start;
        for (int column = 1; column <= 9; column++) {
            int length = ByteConverter.int4(row, at);
            at += 4;
            switch (column) {
                case 1, 6, 9 -> take(ByteConverter.int8(row, at));
                case 2, 3 -> take(new String(row, at, length, StandardCharsets.UTF_8));
                case 4 -> take(ByteConverter.numeric(row, at, length));
                case 5 -> take(ByteConverter.int4(row, at));
                case 7 -> take(ByteConverter.bool(row, at));
                default -> take(ByteConverter.float8(row, at));
            }
            at += length;
        }
    }

    /** A server-side cursor. */
    void postgresCursor() throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(BATCH);
            try (ResultSet rows = statement.executeQuery("SELECT " + Customers.COLUMNS + " FROM customers")) {
                while (rows.next()) {
                    take(rows.getLong(1));
                    take(rows.getString(2));
                    take(rows.getString(3));
                    take(rows.getBigDecimal(4));
                    take(rows.getInt(5));
                    take(rows.getLong(6));
                    take(rows.getBoolean(7));
                    take(rows.getDouble(8));
                    take(rows.getTimestamp(9).getTime());
                }
            }
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** The driver's documents. */
    void mongoDocuments() {
        drain(collection.find());
    }

    @SuppressWarnings("JavaUtilDate") // what the driver gives
    private void drain(FindIterable<Document> find) {
        try (MongoCursor<Document> cursor = find.batchSize(BATCH).cursor()) {
            while (cursor.hasNext()) {
                Document document = cursor.next();
                take(document.getLong("_id"));
                take(document.getString("name"));
                take(document.getString("city"));
                take(document.get("balance", Decimal128.class));
                take(document.getInteger("orders"));
                take(document.getLong("revision"));
                take(document.getBoolean("active"));
                take(document.getDouble("score"));
                take(document.get("changedAt", Date.class).getTime());
            }
        }
    }

    /** Raw documents, read with the driver's reader. */
    void mongoRaw() {
        try (MongoCursor<RawBsonDocument> cursor = collection
                .withDocumentClass(RawBsonDocument.class)
                .find()
                .batchSize(BATCH)
                .cursor()) {
            while (cursor.hasNext()) {
                try (BsonBinaryReader reader =
                        new BsonBinaryReader(cursor.next().getByteBuffer().asNIO())) {
                    fields(reader);
                }
            }
        }
    }

    private void fields(BsonReader reader) {
        reader.readStartDocument();
        BsonType type;
        while ((type = reader.readBsonType()) != BsonType.END_OF_DOCUMENT) {
            take(reader.readName());
            switch (type) {
                case INT64 -> take(reader.readInt64());
                case INT32 -> take(reader.readInt32());
                case STRING -> take(reader.readString());
                case DECIMAL128 -> take(reader.readDecimal128());
                case BOOLEAN -> take(reader.readBoolean());
                case DOUBLE -> take(reader.readDouble());
                case DATE_TIME -> take(reader.readDateTime());
                default -> reader.skipValue();
            }
        }
        reader.readEndDocument();
    }

    /** One look-up per row, for that many rows: what a verifier does that does not scan. */
    void lookups(int rows) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(BATCH);
            try (ResultSet found = statement.executeQuery(
                    "SELECT " + Customers.COLUMNS + " FROM customers ORDER BY id LIMIT " + rows)) {
                while (found.next()) {
                    Document copy = collection
                            .find(new Document("_id", found.getLong(1)))
                            .first();
                    if (!Customers.document(found).equals(copy)) {
                        throw new IllegalStateException("row " + found.getLong(1) + " differs: " + copy);
                    }
                }
            }
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private void take(long value) {
        checksum = checksum * 31 + value;
    }

    private void take(Object value) {
        checksum = checksum * 31 + value.hashCode();
    }
}
