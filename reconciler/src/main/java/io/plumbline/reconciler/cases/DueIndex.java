package io.plumbline.reconciler.cases;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Which entities are due when, in a store ordered by due time, so that what is due costs what is due and not what is
 * open. It keeps a lower bound of the earliest due time in memory: most looks at it read nothing, and a read begins
 * behind the entries that were deleted before.
 */
final class DueIndex {

    private static final byte[] NOTHING = new byte[0];

    private final KeyValueStore<Bytes, byte[]> store;
    private long earliest;

    /** An entity and when it is due. */
    record Entry(long due, String entity) {}

    DueIndex(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** Nothing is due before. */
    long earliest() {
        return earliest;
    }

    void put(long due, String entity) {
        store.put(key(due, entity), NOTHING);
        earliest = Math.min(earliest, due);
    }

    void remove(long due, String entity) {
        store.delete(key(due, entity));
    }

    /** Takes the entries that are due up to then out, the earliest first, at most as many. */
    List<Entry> takeUpTo(long at, int limit) {
        List<Entry> taken = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(key(earliest, ""), null)) {
            earliest = Long.MAX_VALUE;
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> next = entries.next();
                Entry entry = entry(next.key);
                if (entry.due() > at || taken.size() == limit) {
                    earliest = entry.due();
                    break;
                }
                taken.add(entry);
            }
        }
        taken.forEach(entry -> remove(entry.due(), entry.entity()));
        return taken;
    }

    /** Due times are positive, so that their bytes are in their order. */
    private static Bytes key(long due, String entity) {
        byte[] text = entity.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + text.length)
                .putLong(Math.max(0, due))
                .put(text)
                .array());
    }

    private static Entry entry(Bytes key) {
        ByteBuffer bytes = ByteBuffer.wrap(key.get());
        return new Entry(bytes.getLong(), StandardCharsets.UTF_8.decode(bytes).toString());
    }
}
