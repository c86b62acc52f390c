package io.plumbline.local.mongo;

import de.bwaldvogel.mongo.bson.BinData;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** About how many bytes a document has on the wire, found without encoding it. */
final class DocumentWeight {

    private static final long FIELD = 8;

    private DocumentWeight() {}

    static long of(@Nullable Object value) {
        long weight = FIELD;
        if (value instanceof String text) {
            weight += text.length();
        } else if (value instanceof BinData binary) {
            weight += binary.getData().length;
        } else if (value instanceof Map<?, ?> document) {
            for (Object part : document.values()) {
                weight += of(part);
            }
        } else if (value instanceof Collection<?> list) {
            for (Object part : list) {
                weight += of(part);
            }
        }
        return weight;
    }
}
