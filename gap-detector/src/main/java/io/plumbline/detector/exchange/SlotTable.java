package io.plumbline.detector.exchange;

import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.SlotRange;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The open slots of a task's exchanges, by series and slot. In memory are their keys, in order, and when
 * each is due. */
final class SlotTable {

    private record Due(long notBefore, String key) {}

    private static final Comparator<Due> EARLIEST_FIRST =
            Comparator.comparingLong(Due::notBefore).thenComparing(Due::key);

    private final KeyValueStore<String, OpenSlots> store;
    private final NavigableSet<String> keys = new TreeSet<>();
    private final Map<String, NavigableSet<Due>> dueByExchange = new HashMap<>();

    SlotTable(KeyValueStore<String, OpenSlots> store) {
        this.store = store;
        try (KeyValueIterator<String, OpenSlots> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, OpenSlots> entry = all.next();
                enter(entry.key, entry.value);
            }
        }
    }

    void put(OpenSlots slots) {
        String key = key(slots.series(), slots.first());
        leave(key);
        store.put(key, slots);
        enter(key, slots);
    }

    void remove(OpenSlots slots) {
        String key = key(slots.series(), slots.first());
        leave(key);
        store.delete(key);
    }

    /** What is open within a range, in order; what reaches over its ends is cut there. */
    List<OpenSlots> within(SeriesKey series, SlotRange range) {
        cut(series, range.first());
        cut(series, range.last() + 1);
        return keys.subSet(key(series, range.first()), true, key(series, range.last()), true).stream()
                .map(this::get)
                .toList();
    }

    List<OpenSlots> within(SeriesKey series, List<SlotRange> ranges) {
        return ranges.stream().flatMap(range -> within(series, range).stream()).toList();
    }

    /** What is open and holds that slot; {@code null} where nothing does. */
    @Nullable
    OpenSlots at(SeriesKey series, long slot) {
        String key = keys.floor(key(series, slot));
        if (key == null) {
            return null;
        }
        OpenSlots before = get(key);
        return before.series().equals(series) && before.last() >= slot ? before : null;
    }

    /** What is due first of an exchange, at that time or before; {@code null} where nothing is. */
    @Nullable
    OpenSlots due(String exchange, long now) {
        NavigableSet<Due> due = due(exchange);
        return due.isEmpty() || due.first().notBefore() > now
                ? null
                : get(due.first().key());
    }

    /** When something of an exchange is due first, in milliseconds since the epoch. */
    long earliest(String exchange) {
        NavigableSet<Due> due = due(exchange);
        return due.isEmpty() ? Long.MAX_VALUE : due.first().notBefore();
    }

    /** So that nothing reaches over the beginning of that slot. */
    private void cut(SeriesKey series, long slot) {
        OpenSlots over = at(series, slot);
        if (over != null && over.first() < slot) {
            put(over.upTo(slot - 1));
            put(over.from(slot));
        }
    }

    private OpenSlots get(String key) {
        return Objects.requireNonNull(store.get(key), key);
    }

    private void enter(String key, OpenSlots slots) {
        keys.add(key);
        if (slots.inquiry().waits()) {
            due(slots.series().exchange()).add(new Due(slots.inquiry().notBefore(), key));
        }
    }

    private void leave(String key) {
        if (!keys.remove(key)) {
            return;
        }
        OpenSlots known = get(key);
        if (known.inquiry().waits()) {
            due(known.series().exchange()).remove(new Due(known.inquiry().notBefore(), key));
        }
    }

    private NavigableSet<Due> due(String exchange) {
        return dueByExchange.computeIfAbsent(exchange, name -> new TreeSet<>(EARLIEST_FIRST));
    }

    /** Slots in their order, before the epoch too. */
    private static String key(SeriesKey series, long slot) {
        return "%s/%016x".formatted(series.text(), slot ^ Long.MIN_VALUE);
    }
}
