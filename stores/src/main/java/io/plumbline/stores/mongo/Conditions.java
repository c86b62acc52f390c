package io.plumbline.stores.mongo;

import io.plumbline.stores.mapping.FieldMapping;
import io.plumbline.stores.mapping.TargetContent;
import java.util.List;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonType;
import org.bson.BsonValue;

/** The condition that mapped fields still are as they were observed: null and absent are told apart. */
final class Conditions {

    private Conditions() {}

    /** Adds one condition per mapped field to a filter. */
    static void observed(BsonDocument filter, List<FieldMapping> fields, TargetContent content) {
        for (FieldMapping field : fields) {
            String name = field.config().target();
            BsonValue value = content.fields().get(name);
            if (!filter.containsKey(name)) { // a key field's condition is there already
                filter.put(name, value == null ? absent() : is(value));
            }
        }
    }

    private static BsonDocument absent() {
        return new BsonDocument("$exists", BsonBoolean.FALSE);
    }

    private static BsonDocument is(BsonValue value) {
        BsonType type = value.getBsonType();
        return type == BsonType.NULL || type == BsonType.UNDEFINED
                ? new BsonDocument("$type", new BsonInt32(type.getValue()))
                : new BsonDocument("$eq", value);
    }
}
