package io.plumbline.stores.scan;

import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.Work;
import java.util.ArrayList;
import java.util.List;

/** Cuts a list of entities into works that fit into records: characters are counted, three bytes each at most. */
final class KeySegments {

    private static final int MAX_CHARACTERS = 100_000;

    private KeySegments() {}

    static List<Work> of(List<EntityKey> keys, int segmentSize) {
        List<Work> segments = new ArrayList<>();
        List<EntityKey> segment = new ArrayList<>();
        int characters = 0;
        for (EntityKey key : keys) {
            int length = characters(key);
            if (!segment.isEmpty() && (segment.size() >= segmentSize || characters + length > MAX_CHARACTERS)) {
                segments.add(new Work.CompareKeys(segment));
                segment = new ArrayList<>();
                characters = 0;
            }
            segment.add(key);
            characters += length;
        }
        if (!segment.isEmpty()) {
            segments.add(new Work.CompareKeys(segment));
        }
        return segments;
    }

    /** How much room a key takes in a record. */
    static int characters(EntityKey key) {
        return key.text().length() + 3;
    }
}
