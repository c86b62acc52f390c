package io.plumbline.stores.scan;

import com.mongodb.client.model.Filters;
import io.plumbline.stores.mapping.KeyPart;
import io.plumbline.stores.postgres.SourceSelect;
import io.plumbline.topics.config.KeyPartConfig;
import io.plumbline.topics.record.Work.CompareRange;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The key of a dataset whose two sides can be range-queried in one binary order: one part, as it is in the source's
 * column. {@link MergeCheck} finds out where there is one.
 */
final class MergeKey {

    static final String FIELD = "_id";

    private final SourceSelect select;
    private final TypeBracket bracket;

    MergeKey(DatasetSides sides) {
        this.select = sides.select();
        this.bracket = bracket(sides.mapping().key().getFirst());
    }

    private static TypeBracket bracket(KeyPart part) {
        return part.config().type() == KeyPartConfig.Type.INTEGER ? TypeBracket.NUMBER : TypeBracket.STRING;
    }

    /** The types of target keys that the ranges cover. */
    TypeBracket bracket() {
        return bracket;
    }

    /** The source's column. */
    String column() {
        return select.key(0);
    }

    /** The source's rows of a range; those without a usable key are in none. */
    String condition(CompareRange range) {
        List<String> bounds = new ArrayList<>(2);
        bounds.add(after(range.after()));
        if (range.upTo() != null) {
            bounds.add(column() + " <= " + literal(range.upTo()));
        }
        return String.join(" AND ", bounds);
    }

    private String after(@Nullable String key) {
        if (bracket == TypeBracket.NUMBER) {
            return key == null ? column() + " IS NOT NULL" : column() + " > " + literal(key);
        }
        return column() + " > " + literal(key == null ? "" : key) + " AND octet_length(" + column() + ") <= "
                + KeyPart.LONGEST;
    }

    private String literal(String key) {
        return bracket == TypeBracket.NUMBER ? Long.toString(Long.parseLong(key)) : SourceSelect.literal(key);
    }

    /** The target's documents of a range; a range that is open on both ends takes the whole bracket. */
    Bson filter(CompareRange range) {
        List<Bson> bounds = new ArrayList<>(2);
        if (range.after() != null) {
            bounds.add(Filters.gt(FIELD, value(range.after())));
        }
        if (range.upTo() != null) {
            bounds.add(Filters.lte(FIELD, value(range.upTo())));
        }
        return switch (bounds.size()) {
            case 0 -> bracket.first(FIELD);
            case 1 -> bounds.getFirst();
            default -> Filters.and(bounds);
        };
    }

    private BsonValue value(String key) {
        return bracket == TypeBracket.NUMBER ? new BsonInt64(Long.parseLong(key)) : new BsonString(key);
    }

    /** A step of planning: the key {@code size} rows after this one. */
    String step(@Nullable String after, int size) {
        return "SELECT " + column() + " FROM " + select.from() + " WHERE " + after(after) + " ORDER BY " + column()
                + " OFFSET " + (size - 1) + " LIMIT 1";
    }
}
