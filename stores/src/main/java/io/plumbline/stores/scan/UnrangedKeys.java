package io.plumbline.stores.scan;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import io.plumbline.stores.SegmentScanner.Scanned;
import io.plumbline.stores.mapping.KeyPart;
import io.plumbline.topics.record.Work;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Counts what neither ranges nor look-ups can name, as unreadable: source rows without a usable key, and (beside
 * ranges, which are of one type) target documents with a key of another type. Whether there are such documents shows at
 * the two ends of the key's index, since MongoDB orders keys by type first: usually nothing more is read.
 */
final class UnrangedKeys {

    static final String BESIDE_RANGES = "beside ranges";
    private static final String SINCE = "since ";
    private static final int SAMPLE = 20;
    private static final String UNUSABLE = "the key is null, empty or longer than " + KeyPart.LONGEST + " bytes";

    private final DatasetSides sides;
    private final SourceKeys keys;
    private final ScanTally tally = new ScanTally();

    UnrangedKeys(DatasetSides sides) {
        this.sides = sides;
        this.keys = new SourceKeys(sides);
    }

    /** The cursor of a scope that is looked up; of a window where an instant is given. */
    static @Nullable String changedSince(@Nullable Instant instant) {
        return instant == null ? null : SINCE + instant;
    }

    Scanned compare(Work.CompareOtherTypes others) throws SQLException {
        String cursor = others.cursor();
        rows(keys.unusable() + (cursor != null && cursor.startsWith(SINCE) ? changed(cursor) : ""));
        if (BESIDE_RANGES.equals(cursor)) {
            otherTypes(new MergeKey(sides).bracket());
        }
        return tally.scanned(List.of());
    }

    private String changed(String cursor) {
        return " AND " + keys.changedSince(Instant.parse(cursor.substring(SINCE.length())));
    }

    private void rows(String condition) throws SQLException {
        String from = " FROM " + sides.select().from() + " WHERE " + condition;
        try (Connection connection = sides.source().getConnection();
                Statement statement = connection.createStatement()) {
            long count = count(statement, "SELECT count(*)" + from);
            if (count > 0) {
                name(statement, "SELECT " + primaryKey() + from + " LIMIT " + SAMPLE, count);
            }
        }
    }

    private static long count(Statement statement, String sql) throws SQLException {
        try (ResultSet found = statement.executeQuery(sql)) {
            found.next();
            return found.getLong(1);
        }
    }

    private void name(Statement statement, String sql, long count) throws SQLException {
        long named = 0;
        try (ResultSet found = statement.executeQuery(sql)) {
            while (found.next() && named < count) {
                tally.unreadable("row " + found.getString(1), UNUSABLE);
                named++;
            }
        }
        tally.moreUnreadable(count - named);
    }

    private String primaryKey() {
        return sides.config().source().primaryKey().stream()
                .map(column -> sides.select().column(column))
                .collect(Collectors.joining(", ", "concat_ws('/', ", ")"));
    }

    private void otherTypes(TypeBracket bracket) {
        if (covered(bracket, Sorts.ascending(MergeKey.FIELD)) && covered(bracket, Sorts.descending(MergeKey.FIELD))) {
            return;
        }
        try (MongoCursor<BsonDocument> found = documents()
                .find(bracket.others(MergeKey.FIELD))
                .projection(Projections.include(MergeKey.FIELD))
                .cursor()) {
            while (found.hasNext()) {
                BsonValue key = found.next().get(MergeKey.FIELD, BsonNull.VALUE);
                tally.unreadable(
                        sides.config().target().collection() + " " + new BsonDocument(MergeKey.FIELD, key).toJson(),
                        "the key's type is " + key.getBsonType() + ", not " + bracket);
            }
        }
    }

    private boolean covered(TypeBracket bracket, Bson order) {
        BsonDocument end = documents()
                .find()
                .projection(Projections.include(MergeKey.FIELD))
                .sort(order)
                .first();
        return end == null || bracket.holds(end.get(MergeKey.FIELD, BsonNull.VALUE));
    }

    private MongoCollection<BsonDocument> documents() {
        return sides.database().getCollection(sides.config().target().collection(), BsonDocument.class);
    }
}
